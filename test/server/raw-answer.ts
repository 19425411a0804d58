import { request, type IncomingHttpHeaders } from 'node:http';
import { inTime } from '../support/in-time.ts';

/** An answer as it was sent, without its content coding undone. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Get a path of the admin port, and read the bytes of the answer. */
export function readRaw(url: string, path: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer> {
  const answered = new Promise<RawAnswer>((resolve, reject) => {
    request(url, { path, headers: { ...headers }, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece)).once('error', reject);
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
    })
      .once('error', reject)
      .end();
  });
  return inTime(answered, 'the admin port does not answer');
}
