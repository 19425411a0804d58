import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { Exchange, type AnswerTimes } from '../http/exchange/exchange.ts';

/** The classes that a server makes its requests and responses of. */
export interface ServerClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/** A response with the exchange that it belongs to. */
export interface ExchangeResponse extends ServerResponse {
  readonly exchange: Exchange;
}

/**
 * Create classes of requests and responses that have Express's prototypes already. Express replaces the prototypes of all
 * others for each request, which costs more than everything else that it does.
 */
export function serverClasses(app: Express, times: AnswerTimes): ServerClasses {
  class CallerRequest extends IncomingMessage {}
  class CallerResponse<Request extends IncomingMessage> extends ServerResponse<Request> implements ExchangeResponse {
    readonly exchange = new Exchange(this.req, this, times);
    /** Called when the response is first in its connection. Node forgets that it was broken off before, and would keep the connection. */
    override assignSocket(socket: Socket): void {
      super.assignSocket(socket);
      if (this.destroyed) socket.destroy();
    }
  }
  Object.setPrototypeOf(CallerRequest.prototype, app.request);
  Object.setPrototypeOf(CallerResponse.prototype, app.response);
  Object.assign(app, { request: CallerRequest.prototype, response: CallerResponse.prototype });
  return { IncomingMessage: CallerRequest, ServerResponse: CallerResponse };
}
