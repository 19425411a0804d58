import express, { type ErrorRequestHandler, type Express } from 'express';
import { numbersOf } from './config.ts';
import { operations } from './compute/operations.ts';
import { accessLog } from './http/access-log.ts';
import { createCloud } from './http/cloud.ts';
import { createExchange, type Exchange } from './http/exchange.ts';
import { forward } from './http/forward.ts';
import { originForm } from './http/origin-form.ts';
import { sendFault } from './http/reply.ts';
import { traceOf } from './http/trace.ts';
import { translate } from './http/translate.ts';
import type { Log } from './log.ts';
import type { Config } from './settings.ts';
import { profiles } from './upstream/profiles.ts';

/** The gateway's handler of requests, and the end of its connections to the cloud. */
export interface App {
  readonly handler: Express;
  close(): Promise<void>;
}

/** The middleware in the order in which a request meets it. */
export function createApp(config: Config, log: Log): App {
  const exchange: Exchange = createExchange(config.upstream);
  const cloud = createCloud(exchange, config.upstream);
  const profile = profiles[config.upstream.profile](config);
  const handler = express();
  handler.disable('x-powered-by');
  handler.set('etag', false);
  handler.set('trust proxy', [...config.trusted.proxies]);
  handler.use(originForm());
  handler.use(accessLog(log, config.notes.max));
  handler.use(translate({ operations, profile, cloud, config, limits: numbersOf(config) }));
  handler.use(forward(config));
  handler.use(answerFaults(config, log));
  return { handler, close: () => exchange.close() };
}

/** The end of every throw: a fault in the caller's media type. Express knows it by its four parameters. */
function answerFaults(config: Config, log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    try {
      const fault = sendFault(error, request, response, config.reply.default);
      if (fault.reason === 'internal') logDefect(log, traceOf(response).id, fault.cause);
    } catch (defect) {
      // Express would answer with a page that holds the stack.
      logDefect(log, traceOf(response).id, defect);
      response.destroy();
    }
  };
}

function logDefect(log: Log, id: string, cause: unknown): void {
  log.error('internal error', { id, error: nameOf(cause), at: framesOf(cause) });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Where an error was thrown; its message may quote the request, and is not logged. */
function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
}
