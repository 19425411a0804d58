import type { RequestListener } from 'node:http';
import express from 'express';
import type { Apps } from './apps.ts';
import { appOf, exchangeOf, serverClasses, type ServerClasses } from './express-classes.ts';
import { answerParseErrors, type ParseErrorListener } from './parse-errors.ts';

/** The border to Express, which stays the same while Apps replace each other: node fixes the classes when it creates a server. */
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
  front.use((_, response) => appOf(response).handle(exchangeOf(response)));
  // This handles errors of Express itself, which recognizes an error handler by its four parameters.
  front.use(((error, _request, response, _next) =>
    appOf(response).fail(error, exchangeOf(response))) satisfies express.ErrorRequestHandler);
  const classes = serverClasses(front, () => apps.current);
  return {
    handler: (request, response) => {
      appOf(response).toOriginForm(exchangeOf(response));
      front(request, response);
    },
    classes,
    onParseError: answerParseErrors(classes),
  };
}
