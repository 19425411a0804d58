/** A response before it is written; an array of values becomes one header line each. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Create a response with a JSON document, or with an empty body if there is none. */
export function jsonAnswer(status: number, document?: unknown): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: document === undefined ? '' : JSON.stringify(document),
  };
}

/** Add headers to a response, replacing those of the same name. */
export function withHeaders(answer: Answer, headers: Answer['headers']): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
