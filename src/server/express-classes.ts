import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';

/** The classes of what a server gives its handler. */
export interface Messages {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/**
 * Classes of requests and responses that are what Express would make of each: it changes their prototypes, which costs more
 * than all else that it does, unless they have them already.
 */
export function messagesOf(app: Express): Messages {
  class CallerRequest extends IncomingMessage {}
  class CallerResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    /** Called when it is its turn. Node forgets that one was broken off before, and its connection would stay. */
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
