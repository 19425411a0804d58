import { request as httpRequest } from 'node:http';
import { inTime } from './in-time.ts';

/** A request as a test writes it. */
export interface TestRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** An answer, whole; header names are lower case. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Send a request on a connection of its own. */
export function call(url: string, { method = 'POST', path, headers = {}, body }: TestRequest): Promise<TestAnswer> {
  const answered = new Promise<TestAnswer>((resolve, reject) => {
    const outgoing = httpRequest(new URL(url), { method, path, headers: { ...headers }, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const flat = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(flat) as Record<string, string>,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  return inTime(answered, 'no answer');
}
