import type { Resources } from '../resources/resources.ts';
import type { Config } from '../../config/settings.ts';
import { callNeeds } from '../../http/answer/call-needs.ts';
import { sendFault } from '../../http/answer/send-fault.ts';
import type { Connections } from '../../http/cloud/connect/connections.ts';
import { loopGuard } from '../../http/cloud/via.ts';
import { accessLog } from '../../http/exchange/access-log.ts';
import { deadline } from '../../http/exchange/deadline.ts';
import type { AnswerTimes, Exchange } from '../../http/exchange/exchange.ts';
import { acceptable, createOriginForm } from '../../http/exchange/origin-form.ts';
import { openConnection } from '../../http/exchange/rules/closing-connection.ts';
import { headerFields } from '../../http/exchange/rules/header-fields.ts';
import { pipeliningLimit } from '../../http/exchange/rules/pipelining-limit.ts';
import { spans } from '../../http/exchange/spans.ts';
import type { Step } from '../../http/exchange/step.ts';
import { trustedProxies, type TrustedProxies } from '../../http/exchange/proxies/trusted-proxies.ts';
import { requestIdOf } from '../../http/exchange/trace.ts';
import { requestIds, traceContext } from '../../http/exchange/trace-context.ts';
import type { CountNeeds } from '../../ledger/count/own-counts.ts';
import { describeDefect } from '../../observe/defect.ts';
import type { ExchangeFeed } from '../../observe/live/exchange-feed.ts';
import type { Log } from '../../observe/log.ts';
import type { Metrics } from '../../observe/metrics.ts';
import type { Tracing } from '../../observe/tracing/tracing.ts';
import type { RetirementWatch } from '../retirement/retirement-watch.ts';
import { createAssignRegion, regionsOf } from './assign-region.ts';
import { createClouds, createTracedRegionOf, type Clouds } from './clouds.ts';
import type { Limits } from './limits.ts';
import { createLogin, type LoginApi, type LoginDependencies } from './login.ts';
import { routeOf } from './route-of.ts';
import { shareSteps } from './turns.ts';
import { receivedWhole } from './half-close.ts';

/** The handling of requests with one configuration, with its connections to the cloud. */
export interface App {
  readonly times: AnswerTimes;
  readonly proxies: TrustedProxies;
  readonly replyDefault: Config['reply']['default'];
  /** The connections to the cloud of requests that name no region. */
  readonly connections: Connections;
  /** Those to the clouds of the further regions, by name. */
  readonly regionConnections: ReadonlyMap<string, Connections>;
  /** The connections to the identity service; undefined without one. */
  readonly identityConnections: Connections | undefined;
  /** The number of exchanges that began with it and have not ended. */
  inProgress: number;
  /** Normalize the target of a request, before anything reads it. */
  readonly toOriginForm: (exchange: Exchange) => void;
  /** The step that logs and counts an exchange at its end. */
  readonly logged: Step;
  /**
   * Answer an exchange whose request is translated, refused, or one of the Identity API; resolves with false for one that must be
   * forwarded. It never fails.
   */
  readonly answer: (exchange: Exchange) => Promise<boolean>;
  /** Forward the request of an exchange, and answer it. It never fails. */
  readonly forward: (exchange: Exchange) => Promise<void>;
  /** Answer an error with a fault. */
  readonly fail: (error: unknown, exchange: Exchange) => void;
}

/** The dependencies of an App besides configuration and log. */
export interface AppDependencies {
  readonly resources: Resources;
  readonly computePort: LoginDependencies['computePort'];
  readonly metrics: Metrics;
  readonly limits: Limits;
  /** Returns the retirement file in use; undefined without one. */
  readonly retirement: RetirementWatch['current'];
  /** Undefined if spans are not exported. */
  readonly tracing: Tracing | undefined;
  /** Undefined without a ledger. */
  readonly countNeeds: CountNeeds | undefined;
  /** Undefined if nobody can watch the exchanges. */
  readonly feed: ExchangeFeed | undefined;
}

/** Create an App. It runs the steps, translates or forwards the request, and answers any error with a fault. */
export function createApp(config: Config, log: Log, dependencies: AppDependencies): App {
  const { resources, computePort, metrics, limits, retirement, tracing, countNeeds, feed } = dependencies;
  const regions = regionsOf(config);
  const clouds = createClouds(config, resources, regions, { log, limits, metrics, tracing });
  const logged = accessLog(log, config.notes.max, metrics.count, countNeeds, feed);
  const steps = stepsOf(
    config,
    log,
    logged,
    { accountOf: limits.accountOf, retirement },
    tracing && spans(tracing, routeOf, createTracedRegionOf(config, regions)),
  );
  const { identityTls: tls, identityProxy: proxy } = resources;
  const login = createLogin(config, { tls, proxy, computePort, regions, ...limits });
  const fail = (error: unknown, exchange: Exchange): void => answerError(error, exchange, config, log);
  return {
    times: { timeSliceMs: config.exchanges.timeSliceMs, unreadBodyMs: config.request.unreadBodyMs },
    proxies: trustedProxies(config.trusted.proxies, config.trusted.fields),
    replyDefault: config.reply.default,
    connections: clouds.home.connections,
    regionConnections: new Map([...clouds.further].map(([name, { connections }]) => [name, connections])),
    identityConnections: login.connections,
    inProgress: 0,
    toOriginForm: createOriginForm(config.public.url, regions && createAssignRegion(regions)),
    logged,
    ...waysOf(login, steps, clouds, fail),
    fail,
  };
}

/** Create the functions that answer an exchange, and send a fault for each error. */
function waysOf(
  { recognize }: Pick<LoginApi, 'recognize'>,
  steps: readonly Step[],
  { roadsOf }: Pick<Clouds, 'roadsOf'>,
  fail: App['fail'],
): Pick<App, 'answer' | 'forward'> {
  return {
    answer: async (exchange) => {
      try {
        const answerIdentity = recognize(exchange);
        // The identity service is one for all regions.
        if (answerIdentity !== undefined) exchange.trace.region = undefined;
        for (const step of steps) step(exchange);
        if (answerIdentity === undefined) return await roadsOf(exchange).translate(exchange);
        await answerIdentity();
      } catch (error) {
        fail(error, exchange);
      }
      return true;
    },
    forward: async (exchange) => {
      try {
        await roadsOf(exchange).forward(exchange);
      } catch (error) {
        fail(error, exchange);
      }
    },
  };
}

/** List the steps in the order in which they run for a request. */
function stepsOf(
  config: Config,
  log: Log,
  logged: Step,
  { accountOf, retirement }: Pick<Limits, 'accountOf'> & Pick<AppDependencies, 'retirement'>,
  traced: Step | undefined,
): readonly Step[] {
  return [
    traceContext(),
    requestIds(),
    logged,
    callNeeds(config.reply.default),
    ...(config.retire === '' ? [] : [withRetirement(retirement)]),
    ...(traced === undefined ? [] : [traced]),
    deadline(config.exchanges.timeoutMs, (fault, exchange) => void sendFault(fault, exchange, config.reply.default)),
    openConnection(),
    receivedWhole(),
    acceptable(),
    loopGuard(log),
    headerFields(config.request.maxHeaderLineBytes),
    pipeliningLimit(config.connections.maxPipelined),
    ...shareSteps(config, accountOf),
  ];
}

/** Create the step that gives an exchange the retirement file in use. */
function withRetirement(current: AppDependencies['retirement']): Step {
  return (exchange) => {
    exchange.retirement = current();
  };
}

/** Answer an error with a fault in the caller's media type, and log it if it is a defect. */
function answerError(error: unknown, exchange: Exchange, config: Config, log: Log): void {
  // The exchange has ended: it has been answered, or the caller has disconnected.
  if (exchange.end.aborted) return;
  try {
    const fault = sendFault(error, exchange, config.reply.default);
    if (fault.reason === 'internal') logDefect(log, requestIdOf(exchange.trace), fault.cause);
  } catch (defect) {
    // Otherwise Express would answer with a page that shows the stack.
    logDefect(log, requestIdOf(exchange.trace), defect);
    exchange.response.destroy();
  }
}

function logDefect(log: Log, requestId: string, cause: unknown): void {
  log.error('internal error', { requestId, ...describeDefect(cause) });
}
