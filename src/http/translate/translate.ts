import type { Operation } from '../../compute/operation.ts';
import { codecOf, readMediaType } from '../../media/media-type.ts';
import { versionText } from '../../upstream/microversion.ts';
import { normalize } from '../../upstream/normalize.ts';
import { plan as planRequest, type Plan } from '../../upstream/plan.ts';
import { membersOf, type Profile } from '../../upstream/profile.ts';
import { atEndOfTurn } from '../answer/end-of-turn.ts';
import { replyTypeOf } from '../answer/reply-type.ts';
import { createUnsentAnswers } from '../answer/unsent-answers.ts';
import { callersVersion } from '../cloud/cloud.ts';
import { holding } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { announceNotes } from './announce-notes.ts';
import { answerCaller } from './answer.ts';
import { cloudRequest } from './cloud-request.ts';
import { readLegacy } from './legacy-message.ts';
import { modernVersion } from './router.ts';
import { readPresent } from './present.ts';
import { readRequest, type Arrival } from './request.ts';
import type { Road, RoadSettings } from './road.ts';
import { createRouter, isSome, type Call } from './router.ts';

/** Translates the request of an exchange and answers it; returns false for one that must be forwarded. */
export type TranslateRequest = (exchange: Exchange) => Promise<boolean>;

/**
 * Create the translating road: for requests that an operation describes, but not for JSON on v2.1, unless clouds withdrew
 * what it carried. A request that changes something is sent at most once; at most one GET before it reads what must be kept.
 */
export function createTranslate(road: Road): TranslateRequest {
  const route = createRouter(road.operations);
  const watchUnsent = createUnsentAnswers(road.settings.maxUnsentBytes);
  return async (exchange) => {
    const { request, response, end } = exchange;
    const call = legacyCall(exchange, route(request.method, request.url), road.settings);
    if (call === undefined) return false;
    const hold = holding(end, road.requests);
    const arrival = await readRequest(exchange, call, { maxBytes: road.settings.maxBodyBytes, hold });
    if (arrival === undefined) return false;
    traceArrival(exchange, arrival);
    // Entered after the body has arrived: a caller that sends slowly keeps no other waiting.
    const leave = road.gate.passAtOnce() ?? (await road.gate.pass(end));
    try {
      await carryOut(exchange, call, arrival, road);
    } finally {
      leave();
      // The answer has been written by then.
      atEndOfTurn(() => watchUnsent(response));
    }
    return true;
  };
}

/** The part of a call that is translated; undefined for nothing: JSON on v2.1 is the modern API and needs no translation. */
function legacyCall({ request }: Exchange, call: Call | undefined, { replyDefault }: RoadSettings): Call | undefined {
  if (call?.version !== modernVersion) return call;
  const type = readMediaType(request.headers['content-type']);
  const isJson = type === undefined || codecOf[type] === 'json';
  if (!isJson || codecOf[replyTypeOf(request, replyDefault)] !== 'json') return call;
  const operations = call.operations.filter(({ isForModern }) => isForModern === true);
  return isSome(operations) ? { ...call, operations } : undefined;
}

function traceArrival({ trace }: Exchange, { operation, body }: Arrival): void {
  trace.operation = operation.name;
  if (body === undefined) return;
  trace.mediaIn = body.type;
  trace.bytesIn = body.bytes;
}

/** Carry one request out: read, plan, normalize, announce, send, answer. */
async function carryOut(exchange: Exchange, call: Call, arrival: Arrival, road: Road): Promise<void> {
  const { operation } = arrival;
  const legacy = readLegacy(arrival, call, road.quotas);
  const plan = planFor(exchange, call, operation, legacy.value, road.profile);
  const present = await readPresent(exchange, call, operation, plan, road.cloud);
  const modern = normalize(plan, present.content);
  const notes = [...legacy.notes, ...modern.notes];
  announceNotes(exchange, notes, road.settings);
  const request = cloudRequest(call, operation, plan, modern.content, legacy.reading);
  const answer = await road.cloud(request, exchange);
  const values = [legacy.value, modern.content];
  return answerCaller(exchange, answer, { call, operation, plan, notes, values, restored: present.restored }, road);
}

/** Plan the request; only on v2.1 may the caller choose the microversion. */
function planFor(
  { request, trace }: Exchange,
  { version }: Call,
  operation: Operation,
  value: unknown,
  profile: Profile,
): Plan {
  const asked = version === modernVersion ? callersVersion(request.headers) : undefined;
  const plan = planRequest(value, membersOf(profile, operation), asked, operation.request?.root ?? '');
  trace.microversion = versionText(plan.microversion);
  return plan;
}
