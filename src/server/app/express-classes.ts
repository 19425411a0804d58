import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { Exchange } from '../../http/exchange/exchange.ts';
import type { App } from './app.ts';

/** The classes of which a server creates its requests and responses. */
export interface ServerClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/** A response with its exchange, and with the App that it began with. Express has an `app` of its own on each response. */
export interface ExchangeResponse extends ServerResponse {
  readonly exchange: Exchange;
  readonly beganWith: App;
}

/**
 * Create classes of requests and responses that inherit from Express's prototypes. For other classes, Express replaces the
 * prototypes for each request, which costs more than all its other work.
 * @param current returns the App that exchanges begin with from now on
 */
export function serverClasses(app: Express, current: () => App): ServerClasses {
  class CallerRequest extends IncomingMessage {}
  class CallerResponse<Request extends IncomingMessage> extends ServerResponse<Request> implements ExchangeResponse {
    readonly beganWith = current();
    readonly exchange = new Exchange(this.req, this, this.beganWith.times, this.beganWith.proxies);
    /** Called when the response becomes the first of its connection. If it was destroyed before, node would keep the connection. */
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

/** Return the exchange of a response. */
export function exchangeOf(response: ServerResponse): Exchange {
  // Every response of the server is of the class above.
  return (response as ExchangeResponse).exchange;
}

/** Return the App that the exchange of a response began with. */
export function appOf(response: ServerResponse): App {
  return (response as ExchangeResponse).beganWith;
}
