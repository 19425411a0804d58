/** One response before it is written to a socket; an array of values is that many header lines. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** The answer that carries a JSON document, or nothing where the document is undefined. */
export function jsonAnswer(status: number, document?: unknown): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: document === undefined ? '' : JSON.stringify(document),
  };
}

/** The same answer with more headers; a header that both have takes the new value. */
export function withHeaders(answer: Answer, headers: Answer['headers']): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
