/** The error of a ledger's store, in words for the operator. It quotes no password of a URL. */
export class LedgerStoreError extends Error {
  override readonly name = 'LedgerStoreError';
  /** The code for the log, such as SQLITE_FULL or ECONNREFUSED. */
  readonly code: string;
  /** True if it stays as it is until the operator changes something, so that a start refuses it; false if it may pass. */
  readonly isLasting: boolean;

  constructor(message: string, code: string, isLasting: boolean) {
    super(message);
    this.code = code;
    this.isLasting = isLasting;
  }
}
