import { operations } from '../../compute/operations/operations.ts';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { numbersOf } from '../../config/named-settings.ts';
import { identityUpstream } from '../../config/services/identity-upstream.ts';
import type { Config } from '../../config/settings.ts';
import { createAnswerLimits, type AnswerLimits } from '../../http/answer/answer-limits.ts';
import { readBody } from '../../http/body/read-body.ts';
import { createCloud, upstreamPrefix } from '../../http/cloud/cloud.ts';
import type { CloudPool } from '../../http/cloud/connect/cloud-pool.ts';
import type { CloudContact } from '../../http/cloud/contact.ts';
import { createLegacyPath } from '../../http/cloud/legacy-path.ts';
import type { Budget } from '../../http/exchange/budget.ts';
import type { Exchange } from '../../http/exchange/exchange.ts';
import { createGate, type Gate } from '../../http/exchange/fair-share/gate.ts';
import { createForwardWhole } from '../../http/forward/by-undici.ts';
import { beginForwarding, forwardedTarget } from '../../http/forward/callers-request.ts';
import { identityApiSettings } from '../../http/identity/exchange/context.ts';
import { createIdentityService } from '../../http/identity/exchange/identity-service.ts';
import { limitFailures } from '../../http/identity/exchange/login-failures.ts';
import { createIdentityApi, type RecognizeIdentity } from '../../http/identity/identity-api.ts';
import { translateSettings, type TranslateContext } from '../../http/translate/context.ts';
import { createTranslate, type TranslateRequest } from '../../http/translate/translate.ts';
import { profiles } from '../../upstream/profiles/profiles.ts';

/** The ways of a request through the gateway, all of which end at a pool that sends nothing. */
export interface OfflineRoads {
  readonly recognizeIdentity: RecognizeIdentity;
  readonly translate: TranslateRequest;
  readonly forward: (exchange: Exchange) => Promise<void>;
  /** The parts of translation, for an answer without a request. */
  readonly context: TranslateContext;
}

/** The parts that the roads share. One request is handled at a time, so that a gate has one turn. */
interface Shared {
  readonly pool: CloudPool;
  readonly contact: CloudContact;
  readonly gate: Gate;
  readonly requests: Budget;
  readonly answers: AnswerLimits;
}

/** The observer of the cloud: there is none, and nothing is known of its versions. */
const noContact: CloudContact = {
  answered: () => undefined,
  failed: () => undefined,
  readVersions: () => Promise.reject(new Error('There is no cloud.')),
};

/** Create the same roads as those that serve, before a pool. */
export function createOfflineRoads(config: Config, pool: CloudPool): OfflineRoads {
  const one = { max: 1, maxWaiting: 0 };
  const shared: Shared = {
    pool,
    contact: noContact,
    gate: createGate({ kind: 'translated', ...one, waitMs: 0, share: one }),
    requests: { held: 0, most: config.request.maxTotalBytes },
    answers: createAnswerLimits(config),
  };
  const context = contextOf(config, shared);
  return {
    recognizeIdentity: identityOf(config, shared),
    translate: createTranslate(context),
    forward: forwardOf(config, shared),
    context,
  };
}

function contextOf(config: Config, { pool, contact, gate, requests, answers }: Shared): TranslateContext {
  const { upstream } = config;
  return {
    operations,
    profile: profiles[upstream.profile](config),
    cloud: createCloud(pool, upstream, answers.budget, contact),
    gate,
    answers,
    requests,
    quotas: numbersOf(config),
    settings: translateSettings(config, upstreamPrefix(upstream.url)),
  };
}

/** Create the forwarding, which sends every body whole: there is no connection that a long one could be streamed to. */
function forwardOf(config: Config, { pool, contact }: Shared): (exchange: Exchange) => Promise<void> {
  const send = createForwardWhole(pool, 1);
  const legacyPathOf = createLegacyPath(config.upstream, contact.readVersions);
  const prefix = upstreamPrefix(config.upstream.url);
  return async (exchange) => {
    beginForwarding(exchange);
    const { target } = await forwardedTarget(exchange, config.reply.default, legacyPathOf);
    await send(exchange, prefix + target, await bodyOf(exchange));
  };
}

function identityOf(config: Config, { pool, gate, requests, answers }: Shared): RecognizeIdentity {
  const settings = identityApiSettings(config, { computePort: () => config.port, regions: undefined });
  const upstream = identityUpstream(config);
  if (upstream === undefined) return createIdentityApi(undefined, settings, () => Promise.resolve());
  const { timeoutMs, answerMaxBytes: maxBytes } = config.identity;
  const send = createForwardWhole(pool, 1);
  return createIdentityApi(
    {
      ask: createIdentityService({ pool, timeoutMs, maxBytes, answers: answers.budget }, upstream.url),
      beginLogin: limitFailures(Infinity, fixedLimits.rememberedLogins),
      gate,
      requests,
      settings,
    },
    settings,
    async (exchange) => {
      beginForwarding(exchange);
      await send(exchange, upstreamPrefix(upstream.url) + exchange.request.url, await bodyOf(exchange));
    },
  );
}

/** Read the whole body; null for none. */
async function bodyOf({ request, received, end }: Exchange): Promise<Buffer | null> {
  const bounds = { limit: Infinity, reserve: () => undefined, end };
  const rest = received?.isWhole === true ? undefined : await readBody(request, bounds);
  const whole = Buffer.concat([received?.bytes ?? Buffer.alloc(0), rest?.bytes ?? Buffer.alloc(0)]);
  return whole.length === 0 ? null : whole;
}
