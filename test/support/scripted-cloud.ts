import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that the cloud received. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer of the cloud. */
export interface Scripted {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** A cloud that gives the scripted answer, and records its requests. */
export interface ScriptedCloud {
  readonly url: string;
  readonly received: Received[];
  /** The answers to come, in order; afterwards the last one again. */
  readonly script: (...answers: readonly Scripted[]) => void;
  stop(): Promise<void>;
}

/** Start a scripted cloud on a free port. */
export async function startScriptedCloud(...answers: readonly Scripted[]): Promise<ScriptedCloud> {
  const received: Received[] = [];
  let coming = [...answers];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, path: url, headers, body: Buffer.concat(chunks) });
      const [answer = { status: 500 }, ...rest] = coming;
      if (rest.length > 0) coming = rest;
      const body = Buffer.from(answer.body ?? '');
      response.writeHead(answer.status, { 'Content-Length': body.length, ...answer.headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    script: (...next) => void (coming = [...next]),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
