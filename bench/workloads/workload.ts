/** A request that the load generator repeats, and the response that it must get. */
export interface Workload {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** '' if there is none. */
  readonly body: string;
  readonly expected: ExpectedAnswer;
}

/** The conditions for a correct response; figures of wrong responses are worthless. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly type: 'application/json' | 'application/xml';
  /** A text that the body contains. */
  readonly contains: string;
}

/** A request in all the ways in which it is measured. */
export interface Comparison {
  readonly name: string;
  /** The request as nginx and plain http-proxy-middleware pass it on, and as it is sent to the cloud directly. */
  readonly passed: Workload;
  /** The requests that this gateway serves, by the name of its task. */
  readonly byGateway: Readonly<Record<string, Workload>>;
}
