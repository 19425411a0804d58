import type { Config } from '../../config/settings.ts';
import { createCloudLinks, type CloudLinks } from '../../upstream/link-rewriter.ts';
import type { LinkBase } from '../../upstream/links.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import { publicUrl } from '../answer/public-url.ts';
import type { AnswerBounds } from '../cloud/send-whole.ts';
import { reserveFor } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';

/** The settings of answers to forwarded requests. */
export interface AnswerSettings {
  readonly replyDefault: Config['reply']['default'];
  /** The gateway's URL for links; '' for the URL that the caller used. */
  readonly publicUrl: string;
  readonly upstreamHost: string;
  /** The patterns of links to the cloud. */
  readonly cloudLinks: CloudLinks;
  /** The path before the version at the cloud; '' for none. */
  readonly upstreamPrefix: string;
  /** The time limit for reading a fault of the cloud, in milliseconds. */
  readonly answerTimeoutMs: number;
  /** The largest answer that is rewritten, in bytes. */
  readonly answerMaxBytes: number;
  /** The size from which an answer of the cloud is long, in bytes. */
  readonly longAnswerBytes: number;
  readonly maxNotes: number;
}

/** Make the base of links to the gateway, with the URL and version that the caller uses. */
export function linksOf(exchange: Exchange, { publicUrl: setting, upstreamPrefix }: AnswerSettings): LinkBase {
  const { version = '' } = exchange.facts;
  return { publicUrl: publicUrl(exchange, setting), version, cloudPath: upstreamPrefix };
}

/** Make the limits for reading an answer whole. It counts for the budget until the exchange ends. */
export function boundsOf({ end }: Exchange, settings: AnswerSettings, { budget }: AnswerLimits): AnswerBounds {
  const { answerTimeoutMs: timeoutMs, answerMaxBytes: maxBytes } = settings;
  return { end, timeoutMs, maxBytes, reserve: reserveFor(end, budget) };
}

/** Select these settings. @param upstreamPrefix the path before the version at the cloud */
export function answerSettings(config: Config, upstreamPrefix: string): AnswerSettings {
  const { reply, public: gateway, upstream, exchanges, notes } = config;
  return {
    replyDefault: reply.default,
    publicUrl: gateway.url,
    upstreamHost: new URL(upstream.url).host,
    cloudLinks: createCloudLinks(upstream.url),
    upstreamPrefix,
    answerTimeoutMs: upstream.answerTimeoutMs,
    answerMaxBytes: upstream.answerMaxBytes,
    longAnswerBytes: exchanges.longAnswerBytes,
    maxNotes: notes.max,
  };
}
