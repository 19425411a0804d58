import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A cloud that closes a connection as soon as a further request arrives on it, as one whose idle time has just passed. */
export interface ClosingCloud {
  readonly url: string;
  /** The request lines by connection, answered or not. */
  readonly connections: readonly string[][];
  /** True if no connection is open. */
  readonly isIdle: () => boolean;
  stop(): Promise<void>;
}

export interface ClosingOptions {
  /** The number of requests that are answered on each connection. */
  readonly answers: (connection: number) => number;
  /** The close of the connection. */
  readonly close: (socket: Socket) => void;
  readonly address?: string;
  readonly port?: number;
}

const body = '{"server":{"id":"s","name":"n","status":"ACTIVE","metadata":{},"addresses":{},"links":[]}}';

/** Start such a cloud. */
export async function startClosingCloud({
  answers,
  close,
  address = '127.0.0.1',
  port = 0,
}: ClosingOptions): Promise<ClosingCloud> {
  const connections: string[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const lines: string[] = [];
    const most = answers(connections.push(lines));
    let received = '';
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/^content-length: *(\d+)/im.exec(received.slice(0, end))?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      const [line = ''] = received.split('\r\n', 1);
      lines.push(line);
      received = '';
      if (lines.length > most) return close(socket);
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      if (line.startsWith('GET')) socket.write(head + body);
      else socket.write(line.startsWith('HEAD') ? head : 'HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  // A server that listens on a port has such an address.
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${bound}`,
    connections,
    isIdle: () => sockets.size === 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
