/** The header fields that carry the context of a trace (W3C Trace Context). */
export interface ContextFields {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** A caller's request, as its span describes it. It has no query, no credential and no body. */
export interface TracedRequest extends ContextFields {
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  readonly scheme: string;
  /** The host and port that the caller used. */
  readonly host: string | undefined;
  readonly client: string;
  readonly httpVersion: string;
  readonly agent: string | undefined;
  /** The region of the request, with its cloud; undefined for the cloud that the tracing describes. */
  readonly region?: TracedRegion | undefined;
}

/** The region of a request, as its span describes it. */
export interface TracedRegion {
  readonly name: string;
  readonly profile: string;
  /** The URL of its cloud. */
  readonly cloudUrl: string;
}

/** The end of an exchange, as its span describes it. */
export interface TracedAnswer {
  readonly status: number;
  /** The template of the path; undefined for a request that no operation describes. */
  readonly route: string | undefined;
  readonly operation: string | undefined;
  /** The reason of the fault that the caller got. */
  readonly fault: string | undefined;
  /** The error code of its cause. */
  readonly cause: string | undefined;
  readonly requestId: string;
}

/** The end of a request to the cloud. */
export interface CloudOutcome {
  /** The status; undefined without an answer. */
  readonly status?: number | undefined;
  /** The reason of a failure. */
  readonly error?: string | undefined;
  readonly requestId?: string | undefined;
}

/** The span of a request to the cloud. */
export interface ClientSpan {
  /** The fields to send with the request, so that the cloud's spans are children of this one. */
  readonly fields: ContextFields;
  end(outcome: CloudOutcome): void;
}

/** The parent of spans of requests to the cloud. */
export interface SpanSource {
  /**
   * Start the span of a request to the cloud.
   * @param path the request target; its query is left out
   * @param url the URL of another service or cloud that is asked
   */
  startRequest(method: string, path: string, url?: string): ClientSpan;
}

/** The span of an exchange. */
export interface ServerSpan extends SpanSource {
  readonly fields: ContextFields;
  end(answer: TracedAnswer): void;
}

/** The tracing of a process. The requests that it is itself the source of are those that the gateway makes for itself. */
export interface Tracing extends SpanSource {
  startExchange(request: TracedRequest): ServerSpan;
  /** Describe another cloud in the spans of exchanges that start from now on. */
  describe(options: Pick<TracingOptions, 'profile' | 'cloudUrl'>): void;
  /** Export the spans that are held, within a limited time. It never fails. */
  close(): Promise<void>;
}

/** The constant properties of all spans. */
export interface TracingOptions {
  readonly version: string;
  readonly profile: string;
  /** The origin of the cloud. */
  readonly cloudUrl: string;
}

/** The target of spans: an OTLP collector by one of the encodings over HTTP, or the log of the gateway. */
export type SpanTarget = 'http/protobuf' | 'http/json' | 'console';
