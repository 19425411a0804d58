import { splitList } from '../../media/split-list.ts';
import type { Config } from '../../config/settings.ts';

/** How strictly a request is handled, and whether the caller chose (RFC 7240: the first preference of a name counts). */
export interface Handling {
  readonly mode: Config['handling'];
  readonly isCallers: boolean;
}

/** What the caller prefers in `Prefer: handling=...`, else the setting. */
export function handlingOf(prefer: string | string[] | undefined, setting: Config['handling']): Handling {
  for (const preference of prefer === undefined ? [] : splitList(String(prefer), ',')) {
    const mode = /^\s*handling\s*=\s*"?(strict|lenient)"?\s*(?:;|$)/i.exec(preference)?.[1]?.toLowerCase();
    if (mode === 'strict' || mode === 'lenient') return { mode, isCallers: true };
  }
  return { mode: setting, isCallers: false };
}
