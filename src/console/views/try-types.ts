/** The documents of `/api/try`: what becomes of a request, or of a cloud's answer. Members may be added; none is removed or renamed. */

/** The request of `/api/try`. */
export interface TryWish {
  /** A caller's request, or a cloud's answer in JSON. */
  readonly kind: 'request' | 'answer';
  /** A request as a file shows it, a body alone if there is an operation, or the answer. */
  readonly text: string;
  /** The operation of a body alone or of an answer. */
  readonly operation?: string;
  /** The body that the output of `curl -v` lacks. */
  readonly body?: string;
  /** The kind of cloud; that of the gateway if it is not given. */
  readonly profile?: 'nova' | 'ecs';
  /** The version in the path of a body alone or of an answer: v1.1, v2 (if not given) or v2.1. */
  readonly version?: string;
  /** The media type that the caller of an answer accepts; XML if it is not given. */
  readonly accept?: 'application/xml' | 'application/json';
  /** The status of an answer that is a fault. */
  readonly fault?: number;
}

/** The document of `/api/try`. Secrets in it are `***`. */
export type TryView = TriedRequests | TriedAnswer | TryRefusal;

/** The results of requests. */
export interface TriedRequests {
  readonly kind: 'requests';
  readonly requests: readonly TriedRequest[];
  /** True if the text has more requests than are shown. */
  readonly isCut: boolean;
}

/** The result of one request. */
export interface TriedRequest {
  /** Its place in the text. */
  readonly place: string;
  readonly operation: string | null;
  readonly outcome: 'translated' | 'forwarded' | 'answered' | 'refused';
  /** The caller's request beside that to the cloud, line by line. */
  readonly diff: readonly TriedLine[];
  /** The requests by which the gateway reads the resource before. */
  readonly before: readonly string[];
  /** The lines of the gateway's own answer; null if the cloud would answer. */
  readonly answer: readonly string[] | null;
  readonly fault: { readonly reason: string; readonly meaning: string; readonly action: string } | null;
  readonly notes: readonly string[];
  readonly needs: readonly TriedNeed[];
}

/** A line in both requests, or in one of them: '-' that of the caller, '+' that to the cloud. */
export interface TriedLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** A reason for which the request needs the gateway. */
export interface TriedNeed {
  readonly need: string;
  readonly breaks: boolean;
  readonly without: string;
  readonly cure: string;
}

/** The answer to the caller that is made of a cloud's. */
export interface TriedAnswer {
  readonly kind: 'answer';
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

/** The reason why a text cannot be tried. */
export interface TryRefusal {
  readonly kind: 'refusal';
  /** The member of the wish that is wrong. */
  readonly field: 'text' | 'operation' | 'body' | 'profile' | 'version' | 'accept' | 'fault' | 'kind';
  readonly message: string;
}
