import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Fault } from '../../fault.ts';
import { sendFault } from '../../http/answer/send-fault.ts';
import { connectionOf } from '../../http/exchange/connection.ts';
import type { Exchange } from '../../http/exchange/exchange.ts';
import { appOf, exchangeOf, type ServerClasses } from './express-classes.ts';

/** The error of a connection on which node could not parse a request, or waited for it too long. */
type ParseError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

/** The listener for such errors. */
export type ParseErrorListener = (error: ParseError, socket: Duplex) => void;

/** The fault of each error that is not simply 400. */
const faults: Readonly<Record<string, Pick<Fault, 'status' | 'reason'>>> = {
  HPE_HEADER_OVERFLOW: { status: 431, reason: 'header-too-large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, reason: 'body-too-large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, reason: 'request-timeout' },
};

/** The error of bytes behind a request with `Connection: close`: no request, so they are ignored (RFC 9112, 9.6). */
const behindClose = 'HPE_CLOSED_CONNECTION';
/** The error of a request that ends in its middle, because its caller closes the connection. */
const endsInMiddle = 'HPE_INVALID_EOF_STATE';

/**
 * Create the listener. Node itself would write a bare status, even in the place of the answer to an earlier request of the
 * connection, and close it: the caller of a rebuild that was carried out would take that for the answer. Here the error gets
 * a fault document in its own place: that of the request whose body is broken, or behind all answers of the connection.
 */
export function answerParseErrors(classes: ServerClasses): ParseErrorListener {
  const answer = (socket: Socket, fault: Fault, headers: IncomingHttpHeaders): void => {
    if (!socket.writable) return;
    const exchange = exchangeWithoutRequest(socket, headers, classes);
    const { response, times } = exchange;
    const { logged, replyDefault } = appOf(response);
    logged(exchange);
    response.once('finish', () => endResponse(response, socket, times.unreadBodyMs));
    sendFault(fault, exchange, replyDefault);
  };
  return (error, socket) => {
    const fault = faultOf(error);
    if (!(socket instanceof Socket) || (fault === undefined && error.code !== endsInMiddle)) {
      socket.destroy(error);
      return;
    }
    const connection = connectionOf(socket);
    // Node reports all further bytes of such a connection too.
    if (connection.isClosing) return;
    connection.isClosing = true;
    ignoreRest(socket);
    const { latest } = connection;
    if (latest !== undefined && !latest.req.complete) failRunning(exchangeOf(latest), fault);
    else if (fault === undefined) afterAnswers(latest, () => socket.destroySoon());
    else if (error.code !== behindClose) {
      const headers = latest?.req.headers ?? beginningOf(error.rawPacket);
      afterAnswers(latest, () => answer(socket, fault, headers));
    }
  };
}

/** Create the fault for an error of node's parser or of its timeouts; undefined for an error of the connection itself. */
function faultOf(error: ParseError): Fault | undefined {
  const { code = '' } = error;
  const known = faults[code];
  if (known !== undefined) return new Fault(known.status, undefined, { reason: known.reason, cause: error });
  if (!code.startsWith('HPE_') || code === endsInMiddle) return undefined;
  return new Fault(400, 'The request is not valid HTTP.', { reason: 'malformed-http', cause: error });
}

/** Discard all further bytes of a connection, so that none of them is parsed. */
function ignoreRest(socket: Socket): void {
  socket.removeAllListeners('data');
  socket.on('data', () => undefined);
}

/** Answer a request whose body is broken or late. Without a fault its caller has gone. */
function failRunning(exchange: Exchange, fault: Fault | undefined): void {
  if (fault === undefined) {
    exchange.request.socket.destroy();
    return;
  }
  const { cloudSince, cloudStatus } = exchange.trace;
  const isSent = cloudSince !== undefined || cloudStatus !== undefined;
  // Abort first: that ends the work for it, and removes the header fields of an unsent answer.
  exchange.end.abort();
  sendFault(isSent ? fault.afterSending() : fault, exchange, appOf(exchange.response).replyDefault);
}

/** Call a function when the latest request of a connection, and so all of them, have been answered. */
function afterAnswers(latest: ServerResponse | undefined, then: () => void): void {
  if (latest === undefined) then();
  else latest.once('close', then);
}

/** Create an exchange for a request that could not be parsed: it has neither method nor path. */
function exchangeWithoutRequest(socket: Socket, headers: IncomingHttpHeaders, classes: ServerClasses): Exchange {
  const request = new classes.IncomingMessage(socket);
  const { accept, 'content-type': contentType } = headers;
  const known = { accept, 'content-type': contentType };
  Object.assign(request, { method: undefined, url: '', originalUrl: '', headers: known, complete: true });
  const response = new classes.ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  return exchangeOf(response);
}

/** Find the fields that decide the media type, as far as they stand in the bytes that could not be parsed. */
function beginningOf(bytes: Buffer | undefined): IncomingHttpHeaders {
  const text = bytes?.toString('latin1') ?? '';
  const valueOf = (field: RegExp): string | undefined => field.exec(text)?.[1]?.trim();
  return { accept: valueOf(/^accept:([^\r\n]*)/im), 'content-type': valueOf(/^content-type:([^\r\n]*)/im) };
}

/** Close a connection after its last answer. Keep reading for a while: a reset because of unread bytes could destroy the answer. */
function endResponse(response: ServerResponse, socket: Socket, lingerMs: number): void {
  response.detachSocket(socket);
  // Node emits it only for the requests that it parsed.
  response.emit('close');
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}
