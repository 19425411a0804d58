/** An exchange that has ended, as far as the ledger is concerned. */
export interface CountedNeeds {
  /** The project in the path; undefined if it has none. */
  readonly project: string | undefined;
  readonly agent: string | undefined;
  /** The address of the client; `''` for the unix socket. */
  readonly client: string;
  readonly operation: string | undefined;
  readonly needs: readonly string[];
  readonly status: number;
  /** The status of the cloud's response; undefined if there was none. */
  readonly cloudStatus: number | undefined;
  readonly requestId: string;
  /** True if the retirement file refused it. */
  readonly isRefused?: boolean;
}
