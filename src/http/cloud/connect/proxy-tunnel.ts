import type { Socket } from 'node:net';

/** The longest answer of a proxy to CONNECT, in bytes; node's own limit for a header section. */
const longestAnswer = 16_384;

/** The error of a proxy that opens no tunnel to the cloud. Its code has the status, such as PROXY_407, for the log. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Ask a proxy to connect a socket to the cloud (CONNECT; RFC 9110, 9.3.6). All requests of TLS go this way, so that the
 * proxy reads no token.
 * @param goal host and port of the cloud
 * @param done called once, with the error if the proxy refuses; otherwise the next byte of the socket is the cloud's
 */
export function openTunnel(
  socket: Socket,
  goal: string,
  authorization: string | undefined,
  timeoutMs: number,
  done: (refusal?: Error) => void,
): void {
  let received: Buffer = Buffer.alloc(0);
  const finish = (refusal?: Error): void => {
    clearTimeout(timer);
    socket.off('data', onData).off('error', onError).off('close', onClose);
    socket.pause();
    // The socket keeps an error listener of the connector, so a late error ends nothing.
    if (refusal !== undefined) socket.destroy();
    done(refusal);
  };
  const onData = (chunk: Buffer): void => {
    received = Buffer.concat([received, chunk]);
    const end = received.indexOf('\r\n\r\n');
    if (end !== -1) finish(refusalOf(received, end + 4));
    else if (received.length > longestAnswer) finish(notHttp());
  };
  const onError = (error: Error): void => finish(error);
  const onClose = (): void => finish(new ProxyRefusal('PROXY_CLOSED', 'the proxy closed the connection'));
  const timer = setTimeout(() => finish(new ProxyRefusal('PROXY_TIMEOUT', 'the proxy did not answer')), timeoutMs);
  socket.on('data', onData).once('error', onError).once('close', onClose);
  const field = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${goal} HTTP/1.1\r\nHost: ${goal}\r\n${field}\r\n`);
}

function refusalOf(received: Buffer, end: number): Error | undefined {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(received.toString('latin1', 0, 16))?.[1];
  if (status === undefined) return notHttp();
  if (!status.startsWith('2')) return new ProxyRefusal(`PROXY_${status}`, `the proxy answered CONNECT with ${status}`);
  // A TLS server sends nothing before the client's first bytes, so further bytes are not the cloud's.
  return received.length === end ? undefined : notHttp();
}

function notHttp(): Error {
  return new ProxyRefusal('PROXY_NOT_HTTP', 'the proxy answered CONNECT with something else than HTTP');
}
