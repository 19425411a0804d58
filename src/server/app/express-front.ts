import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express from 'express';
import type { Apps } from './apps.ts';
import { appOf, exchangeOf, serverClasses, type ServerClasses } from './express-classes.ts';
import { answerParseErrors, type ParseErrorListener } from './parse-errors.ts';

/**
 * The border to Express. Only requests that are forwarded pass its router, for which http-proxy-middleware and other handlers are made;
 * a request that is translated needs nothing of it, and saves 3 us. The border stays the same while Apps replace each other, because
 * node fixes the classes when it creates a server.
 */
export interface ExpressFront {
  readonly handler: RequestListener;
  /** The classes of requests and responses that the server must use. */
  readonly classes: ServerClasses;
  /** The listener for requests that node cannot parse. */
  readonly onParseError: ParseErrorListener;
}

/** Create the border of Apps. */
export function createExpressFront(apps: Pick<Apps, 'current'>): ExpressFront {
  const front = express();
  front.disable('x-powered-by');
  front.set('etag', false);
  front.use((_, response) => appOf(response).forward(exchangeOf(response)));
  // This handles errors of Express itself, which recognizes an error handler by its four parameters.
  front.use(((error, _request, response, _next) =>
    appOf(response).fail(error, exchangeOf(response))) satisfies express.ErrorRequestHandler);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const app = appOf(response);
    const exchange = exchangeOf(response);
    app.toOriginForm(exchange);
    // Express sets it too, for the requests that it gets.
    exchange.request.originalUrl = request.url ?? '';
    if (!(await app.answer(exchange))) front(request, response);
  };
  const classes = serverClasses(front, () => apps.current);
  return {
    handler: (request, response) => void handle(request, response),
    classes,
    onParseError: answerParseErrors(classes),
  };
}
