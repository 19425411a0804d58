import type { Config } from '../../config/settings.ts';
import { createGate, type Gate, type GateLimits, type Share } from '../../http/exchange/fair-share/gate.ts';
import { rateLimit } from '../../http/exchange/fair-share/rate-limit.ts';
import type { Account } from '../../http/exchange/account/account.ts';
import type { Exchange } from '../../http/exchange/exchange.ts';
import type { Step } from '../../http/exchange/step.ts';
import { regionNames } from './assign-region.ts';

/** The turns of both roads to one cloud. */
export interface CloudTurns {
  readonly translated: Gate;
  readonly forwarded: Gate;
}

/** The turns of the clouds, and of the Identity API. */
export interface Turns {
  /**
   * Return the turns of the cloud of a region. Each has its own, so that a region whose cloud does not answer takes none of
   * another. @param region its name; '' for a cloud whose region has none
   */
  readonly of: (region: string) => CloudTurns;
  /** List the turns of the clouds by region. */
  readonly all: () => readonly (readonly [region: string, turns: CloudTurns])[];
  /** Those of the Identity API: the identity service is another one than the cloud, and may be slow without it. */
  readonly identity: Gate;
  /** Use the limits of another configuration. Turns that are held stay. */
  adjust(config: Config): void;
}

/**
 * Create the turns. There are no more of them than connections to the cloud, because requests that wait for a connection
 * pass in the order of their arrival, and one project could fill that queue. Forwarded requests as a whole are limited by the connections only, because a stream costs little; but
 * one project may forward no more at a time than its share of `exchanges.max`, since the cloud is shared too.
 */
export function createTurns(config: Config): Turns {
  let limits = turnLimits(config);
  const clouds = new Map<string, CloudTurns>();
  const identity = createGate(limits.identity);
  return {
    of: (region) => {
      const known = clouds.get(region);
      if (known !== undefined) return known;
      const created = { translated: createGate(limits.translated), forwarded: createGate(limits.forwarded) };
      clouds.set(region, created);
      return created;
    },
    all: () => [...clouds],
    identity,
    adjust: (next) => {
      limits = turnLimits(next);
      identity.adjust(limits.identity);
      const names = new Set(regionNames(next));
      for (const [region, { translated, forwarded }] of clouds) {
        translated.adjust(limits.translated);
        forwarded.adjust(limits.forwarded);
        // Exchanges in progress keep the turns of a region that is there no more.
        if (!names.has(region)) clouds.delete(region);
      }
    },
  };
}

function turnLimits({
  exchanges,
  projects,
  upstream,
}: Config): Readonly<Record<'translated' | 'forwarded' | 'identity', GateLimits>> {
  const { maxWaiting, waitMs } = exchanges;
  const max = Math.min(exchanges.max, upstream.connections);
  const shareOf = (count: number): number => Math.ceil((count * projects.maxShare) / 100);
  const withoutHalfOfRest = (count: number): number => count - Math.ceil((count - shareOf(count)) / 2);
  // A caller with many addresses has many accounts. Together they leave half of what one project leaves.
  const strangers = (turns: number): Share => ({
    max: withoutHalfOfRest(turns),
    maxWaiting: withoutHalfOfRest(maxWaiting),
  });
  const share = (turns: number): Share => ({ max: shareOf(turns), maxWaiting: shareOf(maxWaiting) });
  return {
    translated: { kind: 'translated', max, maxWaiting, waitMs, share: share(max), strangers: strangers(max) },
    identity: { kind: 'identity', max, maxWaiting, waitMs, share: share(max) },
    forwarded: {
      kind: 'forwarded',
      max: Number.POSITIVE_INFINITY,
      maxWaiting,
      waitMs,
      share: share(exchanges.max),
    },
  };
}

/** List the steps that find the account of an exchange and limit its rate. */
export function shareSteps(
  { projects: { requestsPerMinute } }: Config,
  accountOf: (exchange: Exchange) => Account,
): readonly Step[] {
  const assign: Step = (exchange) => {
    exchange.account = accountOf(exchange);
  };
  return requestsPerMinute === 0 ? [assign] : [assign, rateLimit(requestsPerMinute)];
}
