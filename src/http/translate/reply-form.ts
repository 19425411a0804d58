import type { Operation } from '../../compute/operation.ts';
import { negotiate } from '../../media/negotiate.ts';
import type { LinkBase } from '../../upstream/links.ts';
import type { Plan } from '../../upstream/plan.ts';
import type { FormChoice } from '../answer/document/form.ts';
import { publicUrl } from '../answer/public-url.ts';
import { negotiationInput } from '../answer/reply-type.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { TranslateSettings } from './context.ts';
import type { Call } from './router.ts';

/** Make the base of links to the gateway, with the URL and version that the caller uses. */
function linkBase(
  exchange: Exchange,
  { version }: Call,
  { publicUrl: setting, upstreamPrefix }: TranslateSettings,
): LinkBase {
  return { publicUrl: publicUrl(exchange, setting), version, cloudPath: upstreamPrefix };
}

/** Choose the form of the answer: an Atom feed if the operation has one and the caller prefers it, else XML or JSON. */
export function formChoiceFor(
  exchange: Exchange,
  call: Call,
  { feed, isForAll }: Operation,
  { isCallers }: Plan,
  settings: TranslateSettings,
): FormChoice {
  const links = linkBase(exchange, call, settings);
  const wish = negotiationInput(exchange.request, settings.replyDefault);
  const isFeed = feed !== undefined && negotiate(wish, feed.type) === feed.type;
  return { type: isFeed ? feed.type : negotiate(wish), keepAll: isCallers || isForAll === true, links };
}
