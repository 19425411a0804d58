import type { Operation } from '../../compute/operation.ts';
import { operations } from '../../compute/operations/operations.ts';
import type { CloudProxy } from '../../config/services/cloud-proxy.ts';
import { numbersOf } from '../../config/named-settings.ts';
import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import { sendFault } from '../../http/answer/send-fault.ts';
import { createCloud, upstreamPrefix } from '../../http/cloud/cloud.ts';
import { createContact, type CloudContact } from '../../http/cloud/contact.ts';
import { createConnections, type Connections } from '../../http/cloud/connect/connections.ts';
import { createVersionsReader } from '../../http/cloud/versions-reader.ts';
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
import { createForward } from '../../http/forward/forward.ts';
import { translateSettings, type TranslateContext } from '../../http/translate/context.ts';
import { createTranslate } from '../../http/translate/translate.ts';
import { describeDefect } from '../../observe/defect.ts';
import type { Log } from '../../observe/log.ts';
import type { Metrics } from '../../observe/metrics.ts';
import type { Tracing } from '../../observe/tracing/tracing.ts';
import { profiles } from '../../upstream/profiles/profiles.ts';
import type { Limits } from './limits.ts';
import { createLogin, type LoginDependencies } from './login.ts';
import { routeOf } from './route-of.ts';
import { shareSteps } from './turns.ts';
import { receivedWhole } from './half-close.ts';

/** The handling of requests with one configuration, with its connections to the cloud. */
export interface App {
  readonly times: AnswerTimes;
  readonly proxies: TrustedProxies;
  readonly replyDefault: Config['reply']['default'];
  /** The connections to the cloud. */
  readonly connections: Connections;
  /** The connections to the identity service; undefined without one. */
  readonly identityConnections: Connections | undefined;
  /** The number of exchanges that began with it and have not ended. */
  inProgress: number;
  /** Normalize the target of a request, before anything reads it. */
  readonly toOriginForm: (exchange: Exchange) => void;
  /** The step that logs and counts an exchange at its end. */
  readonly logged: Step;
  /** Answer an exchange: translate or forward its request. It never fails. */
  readonly handle: (exchange: Exchange) => Promise<void>;
  /** Answer an error with a fault. */
  readonly fail: (error: unknown, exchange: Exchange) => void;
}

/** The dependencies of an App besides configuration and log. */
export interface AppDependencies {
  readonly tls: CloudTls;
  readonly proxy: CloudProxy | undefined;
  readonly identity: Pick<LoginDependencies, 'tls' | 'proxy' | 'computePort'>;
  readonly metrics: Metrics;
  readonly limits: Limits;
  /** Undefined if spans are not exported. */
  readonly tracing: Tracing | undefined;
}

/** The top-level members of all requests, which are the member names that metrics may show. */
export const describedMembers: ReadonlySet<string> = new Set(
  operations.flatMap(({ request }: Operation) =>
    request?.content.kind === 'record' ? Object.keys(request.content.members) : [],
  ),
);

/** Create an App. It runs the steps, translates or forwards the request, and answers any error with a fault. */
export function createApp(config: Config, log: Log, dependencies: AppDependencies): App {
  const { tls, proxy, identity, metrics, limits, tracing } = dependencies;
  const connections = createConnections(config.upstream, tls, proxy);
  const logged = accessLog(log, config.notes.max, metrics.count);
  const steps = stepsOf(config, log, logged, limits, tracing);
  const { requests, answers, turns } = limits;
  const contact = createCloudContact(config, connections, log, { metrics, tracing });
  const translate = createTranslate(createTranslateContext(config, { connections, contact }, limits));
  const forward = createForward(config, connections, { gate: turns.forwarded, requests, answers }, contact);
  const login = createLogin(config, { ...identity, ...limits });
  const fail = (error: unknown, exchange: Exchange): void => answerError(error, exchange, config, log);
  return {
    times: { timeSliceMs: config.exchanges.timeSliceMs, unreadBodyMs: config.request.unreadBodyMs },
    proxies: trustedProxies(config.trusted.proxies, config.trusted.fields),
    replyDefault: config.reply.default,
    connections,
    identityConnections: login.connections,
    inProgress: 0,
    toOriginForm: createOriginForm(config.public.url),
    logged,
    handle: async (exchange) => {
      try {
        const answerIdentity = login.recognize(exchange);
        for (const step of steps) step(exchange);
        if (answerIdentity !== undefined) await answerIdentity();
        else if (!(await translate(exchange))) await forward(exchange);
      } catch (error) {
        fail(error, exchange);
      }
    },
    fail,
  };
}

/** List the steps in the order in which they run for a request. */
function stepsOf(
  config: Config,
  log: Log,
  logged: Step,
  { accountOf }: Limits,
  tracing: Tracing | undefined,
): readonly Step[] {
  return [
    traceContext(),
    requestIds(),
    logged,
    ...(tracing === undefined ? [] : [spans(tracing, routeOf)]),
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

function createTranslateContext(
  config: Config,
  { connections, contact }: { readonly connections: Connections; readonly contact: CloudContact },
  { requests, answers, turns }: Limits,
): TranslateContext {
  const { upstream } = config;
  return {
    operations,
    profile: profiles[upstream.profile](config),
    cloud: createCloud(connections.translated, upstream, answers.budget, contact),
    gate: turns.translated,
    answers,
    requests,
    quotas: numbersOf(config),
    settings: translateSettings(config, upstreamPrefix(upstream.url)),
  };
}

function createCloudContact(
  { upstream }: Config,
  { forwarded }: Connections,
  log: Log,
  { metrics, tracing }: Pick<AppDependencies, 'metrics' | 'tracing'>,
): CloudContact {
  // This pool opens as many connections as there are requests, so that no exchange waits for one of the reader's.
  const readVersions = createVersionsReader(forwarded, upstreamPrefix(upstream.url), tracing);
  return createContact(upstream, readVersions, { log, cloud: metrics.showCloud() });
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
