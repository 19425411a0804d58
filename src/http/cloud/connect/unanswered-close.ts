import type { Socket } from 'node:net';

/**
 * The error of a connection that the cloud closed before any byte of an answer, although it had answered on it before: the
 * cloud has closed an idle connection while the request was on its way (RFC 9112, 9.3.1). A safe request may be sent again.
 */
export class UnansweredClose extends Error {
  override readonly name = 'UnansweredClose';
  /** The code of the error of node or undici, for the log. */
  readonly code: string;

  constructor(cause: Error) {
    super('the cloud closed the connection before it answered', { cause });
    this.code = codeOf(cause);
  }
}

/** The codes of a connection that the other side has closed: by RST, by RST after a write, and by FIN as undici reports it. */
const closing: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Check that an error of a connection means that the other side closed it. */
export function isClose(error: Error): boolean {
  return closing.has(codeOf(error));
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

/**
 * Report the close of a used connection without a byte of the next answer as UnansweredClose. undici's own error is the same
 * for a new connection, and for one on which an answer has begun.
 */
export function reportUnansweredClose(socket: Socket): void {
  const write = socket.write.bind(socket);
  const read = socket.read.bind(socket);
  const destroy = socket.destroy.bind(socket);
  let hasAnswered = false;
  let isWaiting = false;
  socket.write = ((...given: Parameters<Socket['write']>): boolean => {
    isWaiting = true;
    return write(...given);
  }) as Socket['write'];
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (chunk !== null) {
      hasAnswered = true;
      isWaiting = false;
    }
    return chunk;
  };
  socket.destroy = (error?: Error): Socket => {
    const isUnanswered = hasAnswered && isWaiting && error !== undefined && isClose(error);
    return destroy(isUnanswered ? new UnansweredClose(error) : error);
  };
}
