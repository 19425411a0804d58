import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A request that came to a proxy. */
export interface ProxiedCall {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
}

/** A proxy that forwards everything to one cloud, whatever its name. */
export interface RecordingProxy {
  readonly url: string;
  readonly calls: readonly ProxiedCall[];
  stop(): Promise<void>;
}

/** Start such a proxy. @param status the answer to CONNECT and to requests in absolute form, instead of forwarding */
export async function startRecordingProxy(cloudUrl: string, status?: number): Promise<RecordingProxy> {
  const calls: ProxiedCall[] = [];
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(cloudUrl);
  const server = createServer((request, response) => {
    calls.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    if (status !== undefined) {
      response.writeHead(status).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? '');
    const goal = { host: hostname, port, method: request.method, path: pathname + search, headers: request.headers };
    const outgoing = httpRequest(goal, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(outgoing);
  });
  server.on('connect', (request, socket: Socket) => {
    calls.push({ line: `CONNECT ${request.url}`, headers: request.headers });
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const cloud = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    for (const one of [socket, cloud]) {
      sockets.add(one);
      one.on('error', () => undefined);
    }
    cloud.pipe(socket).pipe(cloud);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}
