import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { numbersOf } from '../config/load.ts';
import type { Operation } from '../compute/operation.ts';
import { operations } from '../compute/operations/operations.ts';
import { accessLog } from '../http/exchange/access-log.ts';
import { describeDefect } from '../observe/defect.ts';
import type { Budget } from '../http/exchange/budget.ts';
import { createCloud } from '../http/cloud/cloud.ts';
import { createExchange, type Exchange } from '../http/cloud/pool.ts';
import { deadline } from '../http/exchange/deadline.ts';
import { forward } from '../http/forward/forward.ts';
import { messagesOf, type Messages } from './express-classes.ts';
import { createGate } from '../http/translate/gate.ts';
import { inTurn } from '../http/exchange/pipelining-limit.ts';
import { acceptable, originForm } from '../http/exchange/origin-form.ts';
import { sendFault } from '../http/answer/send.ts';
import type { Step } from '../http/exchange/step.ts';
import { traceContext } from '../http/exchange/trace-context.ts';
import { traceOf } from '../http/exchange/trace.ts';
import { translate } from '../http/translate/translate.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Config } from '../config/settings.ts';
import type { CloudTls } from '../config/tls-files.ts';
import { profiles } from '../upstream/profiles/profiles.ts';

/** The gateway's handler of requests, and the end of its connections to the cloud. */
export interface App {
  readonly handler: RequestListener;
  /** What the server is to make of requests and responses. */
  readonly messages: Messages;
  close(): Promise<void>;
}

/** What the handler is given besides the configuration. */
export interface Surroundings {
  /** How the cloud is spoken to. */
  readonly tls: CloudTls;
  readonly metrics: Metrics;
}

/** The top-level members of all requests: what notes may name in metrics. */
export const describedMembers: ReadonlySet<string> = new Set(
  operations.flatMap(({ request }: Operation) =>
    request?.content.kind === 'record' ? Object.keys(request.content.members) : [],
  ),
);

/** The middleware in the order in which a request meets it. */
export function createApp(config: Config, log: Log, { tls, metrics }: Surroundings): App {
  const exchange: Exchange = createExchange(config.upstream, tls);
  const cloud = createCloud(exchange, config.upstream);
  const profile = profiles[config.upstream.profile](config);
  const requests: Budget = { held: 0, most: config.request.maxTotalBytes };
  const handler = express();
  handler.disable('x-powered-by');
  handler.set('etag', false);
  handler.set('trust proxy', [...config.trusted.proxies]);
  const steps: readonly Step[] = [
    accessLog(log, config.notes.max, metrics.count),
    deadline(config.exchanges.timeoutMs, (fault, request, response) => {
      sendFault(fault, request, response, config.reply.default);
    }),
    acceptable(),
    inTurn(config.connections.maxPipelined),
    traceContext(),
  ];
  handler.use((request, response, next) => {
    for (const step of steps) step(request, response);
    next();
  });
  handler.use(
    translate({
      operations,
      profile,
      cloud,
      config,
      limits: numbersOf(config),
      gate: createGate(config.exchanges),
      // As many wait as are translated, and as long as an exchange may take: none is refused.
      longAnswers: createGate({ max: 1, maxWaiting: config.exchanges.max, waitMs: config.exchanges.timeoutMs }),
      budget: {
        requests,
        answers: { held: 0, most: config.upstream.answersMaxTotalBytes },
      },
    }),
  );
  handler.use(forward(config, tls, exchange, requests));
  handler.use(answerFaults(config, log));
  return {
    handler: (request, response) => {
      originForm(request);
      handler(request, response);
    },
    messages: messagesOf(handler),
    close: () => exchange.close(),
  };
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
  log.error('internal error', { id, ...describeDefect(cause) });
}
