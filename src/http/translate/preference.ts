import type { Config } from '../../config/settings.ts';
import { splitList } from '../../media/split-list.ts';

/** The strictness of translation, and whether the caller chose it. */
export interface Handling {
  readonly mode: Config['handling'];
  readonly isCallers: boolean;
}

/** Read `Prefer: handling=...`, of which the first one counts (RFC 7240); else the setting holds. */
export function handlingOf(prefer: string | string[] | undefined, setting: Config['handling']): Handling {
  for (const preference of prefer === undefined ? [] : splitList(String(prefer), ',')) {
    const mode = /^\s*handling\s*=\s*"?(strict|lenient)"?\s*(?:;|$)/i.exec(preference)?.[1]?.toLowerCase();
    if (mode === 'strict' || mode === 'lenient') return { mode, isCallers: true };
  }
  return { mode: setting, isCallers: false };
}
