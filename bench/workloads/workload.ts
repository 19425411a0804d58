/** A request that is sent over and over, and what must come back. */
export interface Workload {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** '' for none. */
  readonly body: string;
  readonly answer: ExpectedAnswer;
}

/** What an answer must be for its figures to count. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly type: 'application/json' | 'application/xml';
  /** What its body holds. */
  readonly holds: string;
}

/** One thing that the gateway does, and what the others carry while it does that: the same bytes, passed on. */
export interface Comparison {
  readonly name: string;
  /** What nginx and plain http-proxy-middleware pass on, and what is asked of the cloud directly. */
  readonly passed: Workload;
  /** What the gateway does, by name. */
  readonly byGateway: Readonly<Record<string, Workload>>;
}
