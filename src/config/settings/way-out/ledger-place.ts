import type { Help, Setting } from '../forms.ts';

/** The place that keeps the ledger. */
export type LedgerPlace =
  | { readonly kind: 'off' }
  | { readonly kind: 'memory' }
  /** A file of SQLite. */
  | { readonly kind: 'sqlite'; readonly file: string }
  /** A database of PostgreSQL, by a URL that may hold a password. */
  | { readonly kind: 'postgres'; readonly url: string };

const words = ['memory', 'off'] as const;

/** Read the text of a place; undefined for a text that is none. */
export function ledgerPlaceOf(text: string): LedgerPlace | undefined {
  const word = words.find((each) => each === text);
  if (word !== undefined) return { kind: word };
  const [, scheme, rest = ''] = /^(sqlite|postgres(?:ql)?):(.+)$/s.exec(text) ?? [];
  // A file in memory or a URI would be lost, or be another file than it says.
  if (scheme === 'sqlite')
    return /^(?::memory:|file:)|[\0\r\n]/.test(rest) ? undefined : { kind: 'sqlite', file: rest };
  return scheme !== undefined && isDatabase(text) ? { kind: 'postgres', url: text } : undefined;
}

/** Check the URL of a database: it names a host, or a folder of the unix socket in its query. */
function isDatabase(text: string): boolean {
  return !/\s/.test(text) && /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text);
}

/** Define the setting of the place. */
export function ledgerPlace(options: Help): Setting<string> {
  return {
    ...options,
    isSecret: true,
    isHarmless: (text) => ledgerPlaceOf(text)?.kind === 'sqlite',
    parse: (given) => (ledgerPlaceOf(given) === undefined ? undefined : given),
    default: 'memory',
    allowed: 'memory, off, sqlite: and the path of a file, or the URL of a PostgreSQL database, postgres://...',
    schema: {
      anyOf: [
        { type: 'string', enum: words },
        { type: 'string', pattern: '^(sqlite|postgres|postgresql):' },
      ],
    },
  };
}
