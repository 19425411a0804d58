import { connect, type Socket } from 'node:net';

/** A connection to the gateway whose bytes a test writes itself. */
export interface Dialled {
  readonly socket: Socket;
  /** The received bytes as text. */
  text(): string;
  /** Resolves with all that was received when the connection has ended, however it did. */
  readonly ended: Promise<string>;
}

/** Open a connection to a server, and read it unless the test reads it itself. */
export async function dial(url: string, isReading = true): Promise<Dialled> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
  let text = '';
  // A reset counts as an end.
  socket.on('error', () => undefined);
  if (isReading) socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  const ended = new Promise<string>((resolve) => {
    const end = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.once('end', end).once('close', end);
  });
  await new Promise<void>((resolve) => {
    socket.once('connect', () => resolve()).once('close', () => resolve());
  });
  return { socket, text: () => text, ended };
}

/** Write something at intervals until the connection ends. */
export function trickle(socket: Socket, bytes: string, everyMs = 25): void {
  const write = (): void => {
    if (socket.writable) socket.write(bytes);
  };
  // After what has come is read: a write to a connection that was reset would lose the response that came before the reset.
  const timer = setInterval(() => setImmediate(write), everyMs);
  socket.once('close', () => clearInterval(timer));
}

/** Make the header section of a request with a body of a number of bytes. */
export function head(path: string, length: number, type = 'application/xml', method = 'POST'): string {
  return `${method} ${path} HTTP/1.1\r\nHost: gateway\r\nX-Auth-Token: token\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;
}
