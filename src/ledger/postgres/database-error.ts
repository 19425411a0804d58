import { LedgerStoreError } from '../store-error.ts';

/** The name of the store in messages. Its address is in those of the network. */
export const place = "the ledger's database";

/** Make an error of the database that may pass by itself. */
export function databaseError(text: string, code: string): LedgerStoreError {
  return new LedgerStoreError(`${place}: ${text} (${code})`, code, false);
}

/** SQLSTATE codes, or their classes, with what an operator can do. These errors last until then. */
const lasting: readonly (readonly [codes: RegExp, advice: string])[] = [
  [/^28|^3D000$/, 'check user, password and database of the URL'],
  [/^42501$/, 'the user needs more rights, see docs/ledger.md'],
  [/^25006$/, 'it must be the primary, and not set to read only'],
];

const tlsAdvice = 'check sslmode and sslrootcert of the URL, see docs/ledger.md';

/**
 * Explain an error of pg. The message of the database is kept, which names tables and files; that of class 22 (data) is not,
 * nor is the detail of any error, because they quote what was to be stored.
 */
export function explain(error: unknown): LedgerStoreError {
  if (error instanceof LedgerStoreError) return error;
  const { code: found = '', message } = firstOf(error);
  const isTls = isOfTls(found, message);
  const advice = isTls ? tlsAdvice : lasting.find(([codes]) => codes.test(found))?.[1];
  // pg has no code for its own errors.
  const code = found || (isTls ? 'ETLS' : 'EFAILED');
  const words = code.startsWith('22') ? 'it refuses a value' : message || 'it failed';
  const text = [words, ...(advice === undefined ? [] : [advice])].join(': ');
  return new LedgerStoreError(`${place}: ${text} (${code})`, code, advice !== undefined);
}

/** Recognise that TLS or the login failed in pg or node, which have no common code for it. */
function isOfTls(code: string, message: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code) || /\bSSL\b/.test(message);
}

/** Take the first of several errors: a name with several addresses has one each. */
function firstOf(error: unknown): { readonly code?: string; readonly message: string } {
  const [first = error]: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error ? first : { message: String(first) };
}
