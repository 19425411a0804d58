import type { Need } from '../../../need-reasons.ts';
import { rangeOfCaller } from '../../../retirement/network-range.ts';
import { refusalFault } from '../../../retirement/refusal.ts';
import { comparedAgent } from '../../../retirement/selection.ts';
import type { Exchange } from '../exchange.ts';
import { announceRetirement } from './announce-retirement.ts';

/**
 * Decide whether a request may be sent to the cloud, by its needs and the retirement file. Every road calls this once for each
 * exchange, when all of its needs are known and nothing has been sent: translation after its plan, forwarding before it sends, login
 * before it asks.
 * @param hasAnswer false if the call is answered without a body, so that the media type of the answer is no need
 * @throws {Fault} 410 for a request that a brownout or a rule refuses
 */
export function admit(exchange: Exchange, hasAnswer = true): void {
  const { request, trace, retirement } = exchange;
  if (retirement === undefined || exchange.needs.length === 0) return;
  announceRetirement(exchange);
  const { retirement: rules, now, onRefusal } = retirement;
  const reasons = rules.counted(
    hasAnswer && hasBody(request.method) ? exchange.needs : exchange.needs.filter(isOfRequest),
  );
  if (reasons.length === 0) return;
  const subject = {
    project: exchange.facts.project,
    agent: request.headers['user-agent']?.slice(0, comparedAgent) ?? '',
    network: rangeOfCaller(exchange.client),
    reasons,
  };
  const at = now();
  const refusal = rules.decide(subject, at);
  if (refusal === undefined) return;
  trace.retired = refusal.name;
  onRefusal(refusal);
  throw refusalFault(refusal, reasons, rules.file, at);
}

/** Check that an answer to a method has a body: none to HEAD has, and the legacy API had none for DELETE. */
function hasBody(method: string): boolean {
  return method !== 'HEAD' && method !== 'DELETE';
}

function isOfRequest(need: Need): boolean {
  return need !== 'xml-answer';
}
