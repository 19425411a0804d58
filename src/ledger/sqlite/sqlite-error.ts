import { LedgerStoreError } from '../store-error.ts';

/** The names of SQLite's result codes (sqlite.org/rescode.html), with what an operator can do, and if the error lasts until then. */
const known: Readonly<Record<number, readonly [code: string, text: string, isLasting: boolean]>> = {
  5: ['SQLITE_BUSY', 'another process holds its lock', false],
  6: ['SQLITE_LOCKED', 'another process holds its lock', false],
  8: ['SQLITE_READONLY', 'this process may not write it, or its folder', true],
  10: ['SQLITE_IOERR', 'the disk or the file system failed', false],
  11: ['SQLITE_CORRUPT', 'it is damaged: move it away, and keep it for a repair with sqlite3 .recover', true],
  13: ['SQLITE_FULL', 'the disk is full', false],
  14: [
    'SQLITE_CANTOPEN',
    'it cannot be opened: its folder must exist, and this process must be allowed to write in it',
    true,
  ],
  26: ['SQLITE_NOTADB', 'it is no SQLite database', true],
};

/** Explain an error of node:sqlite. Its message is not used, because it may quote values. */
export function sqliteError(error: unknown, file: string): LedgerStoreError {
  if (error instanceof LedgerStoreError) return error;
  // The extended codes have the code itself in their last byte.
  const result = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  const [code, text, isLasting] = known[result] ?? [codeOf(error, result), 'it cannot be used', false];
  return new LedgerStoreError(`the ledger's file ${file}: ${text} (${code})`, code, isLasting);
}

function codeOf(error: unknown, result: number): string {
  if (result !== 0) return `SQLITE_${result}`;
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
