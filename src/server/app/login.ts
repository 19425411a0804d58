import { maxHeaderSize } from 'node:http';
import type { CloudProxy } from '../../config/services/cloud-proxy.ts';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { identityUpstream } from '../../config/services/identity-upstream.ts';
import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import type { AnswerLimits } from '../../http/answer/answer-limits.ts';
import { createConnections, type Connections } from '../../http/cloud/connect/connections.ts';
import type { Budget } from '../../http/exchange/budget.ts';
import { createForwardUntouched } from '../../http/forward/untouched.ts';
import { identityApiSettings, type IdentityContext } from '../../http/identity/exchange/context.ts';
import { createIdentityApi, type RecognizeIdentity } from '../../http/identity/identity-api.ts';
import { createIdentityService } from '../../http/identity/exchange/identity-service.ts';
import { limitFailures } from '../../http/identity/exchange/login-failures.ts';
import type { Regions } from './assign-region.ts';
import type { Turns } from './turns.ts';

/** The parts of the gateway that login shares with the other requests. */
export interface LoginDependencies {
  readonly tls: CloudTls;
  readonly proxy: CloudProxy | undefined;
  readonly requests: Budget;
  readonly answers: AnswerLimits;
  readonly turns: Turns;
  /** The port for callers that the gateway listens on. */
  readonly computePort: () => number;
  /** The regions of a gateway that has several. */
  readonly regions: Regions | undefined;
}

/** The Identity API, with its connections to the identity service; undefined without one. */
export interface LoginApi {
  readonly recognize: RecognizeIdentity;
  readonly connections: Connections | undefined;
}

/** Create the Identity API. Without an identity service it refuses logins, with a sentence. */
export function createLogin(config: Config, dependencies: LoginDependencies): LoginApi {
  const { tls, proxy, requests, answers, turns } = dependencies;
  const upstream = identityUpstream(config);
  const settings = identityApiSettings(config, { ...dependencies, regions: dependencies.regions?.named });
  if (upstream === undefined)
    return { recognize: createIdentityApi(undefined, settings, refuse), connections: undefined };
  const connections = createConnections(upstream, tls, proxy, maxHeaderSize + config.identity.maxTokenBytes);
  const { timeoutMs, answerMaxBytes: maxBytes, failuresMax } = config.identity;
  const service = { pool: connections.translated, timeoutMs, maxBytes, answers: answers.budget };
  const context: IdentityContext = {
    ask: createIdentityService(service, upstream.url),
    beginLogin: limitFailures(failuresMax === 0 ? Infinity : failuresMax, fixedLimits.rememberedLogins),
    gate: turns.identity,
    requests,
    settings,
  };
  const gate = turns.of(dependencies.regions?.home ?? '').forwarded;
  const forward = createForwardUntouched(upstream, connections, { gate, requests });
  return { recognize: createIdentityApi(context, settings, forward), connections };
}

/** Without an identity service no call is forwarded to one. */
const refuse = (): Promise<void> => Promise.resolve();
