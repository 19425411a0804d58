import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import { Duplex } from 'node:stream';

/** A request with the members of Express that the gateway reads. */
class OfflineRequest extends IncomingMessage {
  /** The target as the client sent it; undefined until the request has been parsed. */
  originalUrl: string | undefined;

  get path(): string {
    return (this.url ?? '').replace(/\?.*$/s, '');
  }
}

/** A response with the members of Express that the gateway uses. */
class OfflineResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
  vary(field: string): this {
    return this.appendHeader('Vary', field);
  }
}

/** The handling of one request. */
export type HandleOffline = (request: IncomingMessage, response: ServerResponse) => void;

/** The error of bytes that node cannot parse as a request. */
export class UnreadableRequest extends Error {
  override readonly name = 'UnreadableRequest';
}

/** Create a server that listens on no port: it gets its requests from `exchangeWith`. */
export function createOfflineServer(maxHeaderBytes: number, handle: HandleOffline): Server {
  const classes = { IncomingMessage: OfflineRequest, ServerResponse: OfflineResponse };
  const server = createServer({ ...classes, maxHeaderSize: maxHeaderBytes, requireHostHeader: false });
  server.on('request', (request, response) => {
    request.originalUrl = request.url;
    handle(request, response);
  });
  // Node itself would answer 417, with no document.
  return server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/**
 * Give the bytes of one request to a server, by node's own parser of HTTP, and return the bytes of the answer. Neither a port
 * nor a socket of the system is used. @param bytes a request that closes its connection
 * @throws {UnreadableRequest} if the bytes are no request of HTTP
 */
export function exchangeWith(server: Server, bytes: Buffer): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const written: Buffer[] = [];
  const connection = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      written.push(chunk);
      done();
    },
  });
  const onUnreadable = (error: Error): void => {
    reject(new UnreadableRequest('The request is not valid HTTP.', { cause: error }));
    connection.destroy();
  };
  server.once('clientError', onUnreadable);
  connection.once('finish', () => resolve(Buffer.concat(written)));
  connection.once('close', () => resolve(Buffer.concat(written)));
  server.emit('connection', connection);
  connection.push(bytes);
  return promise.finally(() => {
    server.off('clientError', onUnreadable);
    connection.destroy();
  });
}
