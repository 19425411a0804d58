import type { Config } from '../../config/settings.ts';
import { splitList } from '../../media/split-list.ts';

/** The handling of members that the cloud does not support, and the origin of that choice: caller or setting. */
export interface Handling {
  readonly mode: Config['handling'];
  readonly isCallers: boolean;
}

/** Read `Prefer: handling=...`; the first one counts (RFC 7240). Without it the setting applies. */
export function handlingOf(prefer: string | string[] | undefined, setting: Config['handling']): Handling {
  for (const preference of prefer === undefined ? [] : splitList(String(prefer), ',')) {
    const mode = /^\s*handling\s*=\s*"?(strict|lenient)"?\s*(?:;|$)/i.exec(preference)?.[1]?.toLowerCase();
    if (mode === 'strict' || mode === 'lenient') return { mode, isCallers: true };
  }
  return { mode: setting, isCallers: false };
}
