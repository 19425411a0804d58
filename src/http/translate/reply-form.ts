import type { Operation } from '../../compute/operation.ts';
import { codecFor } from '../../media/codecs.ts';
import { negotiate } from '../../media/negotiate.ts';
import type { LinkBase } from '../../upstream/links.ts';
import type { Plan } from '../../upstream/plan.ts';
import type { Form } from '../answer/document.ts';
import { publicUrl } from '../answer/public-url.ts';
import { wishOf } from '../answer/reply-type.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { RoadSettings } from './road.ts';
import type { Call } from './router.ts';

/** The base of links that point at the gateway, as the caller knows it. */
function linkBase(
  { request }: Exchange,
  { version }: Call,
  { publicUrl: setting, upstreamPrefix }: RoadSettings,
): LinkBase {
  return { publicUrl: publicUrl(request, setting), version, cloudPath: upstreamPrefix };
}

/** The form of the answer: a feed where the caller prefers one and legacy Nova had it, else XML or JSON. */
export function formFor(
  exchange: Exchange,
  call: Call,
  { feed, isForAll }: Operation,
  { isCallers }: Plan,
  settings: RoadSettings,
): Form {
  const links = linkBase(exchange, call, settings);
  const wish = wishOf(exchange.request, settings.replyDefault);
  if (feed !== undefined && negotiate(wish, feed.type) === feed.type)
    return { type: feed.type, compose: feed.compose, links };
  const type = negotiate(wish);
  const keepAll = isCallers || isForAll === true;
  return { type, compose: (message) => codecFor(type).compose(message, keepAll), links };
}
