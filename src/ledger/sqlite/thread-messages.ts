import type { SqliteMethod } from './sqlite-store.ts';

/** A call to the thread. */
export interface SqliteRequest {
  readonly id: number;
  /** `close` ends the thread. */
  readonly method: SqliteMethod | 'close';
  readonly args: readonly unknown[];
}

/** The result of a call, or the parts of its error: a class does not survive the way between threads. */
export type SqliteResult =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { message: string; code: string; isLasting: boolean } };
