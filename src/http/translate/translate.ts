import type { IncomingMessage } from 'node:http';
import type { Operation } from '../../compute/operation.ts';
import { modernVersion } from '../../compute/path-facts.ts';
import { Fault } from '../../fault.ts';
import { codecOf, readMediaType } from '../../media/media-type.ts';
import type { Reading } from '../../schema/read/reading.ts';
import { versionText } from '../../upstream/microversion.ts';
import { normalize } from '../../upstream/normalize.ts';
import { plan as planRequest, type Plan } from '../../upstream/plan.ts';
import { findNeeds } from '../../upstream/find-needs.ts';
import { membersOf, type Profile } from '../../upstream/profile.ts';
import { hasBody } from '../body/unread-body.ts';
import { atEndOfTurn } from '../answer/end-of-turn.ts';
import { replyTypeOf } from '../answer/reply-type.ts';
import { callersVersion } from '../cloud/cloud.ts';
import { reserveFor } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { addNeed } from '../exchange/needs/needs.ts';
import { admit } from '../exchange/rules/admit.ts';
import { announceNotes } from './announce-notes.ts';
import { answerCaller } from './answer.ts';
import { cloudRequest } from './cloud-request.ts';
import { readLegacy } from './legacy-message.ts';
import { readPresent } from './present.ts';
import { readRequest, type ParsedRequest } from './request.ts';
import type { TranslateContext, TranslateSettings } from './context.ts';
import { createRecentRouter, isSome, type Call, type Router } from './router.ts';

/** The function that translates the request of an exchange and answers it. It resolves with false for a request to be forwarded. */
export type TranslateRequest = (exchange: Exchange) => Promise<boolean>;

/**
 * Create the translation of requests that an operation describes. JSON on v2.1 is translated only if clouds no longer accept
 * a member of the request. A request that changes a resource is sent at most once; at most one GET before it reads the
 * resource.
 */
export function createTranslate(context: TranslateContext): TranslateRequest {
  const route = createRecentRouter(context.operations);
  const { watchUnsent } = context.answers;
  return async (exchange) => {
    const { request, response, end } = exchange;
    const call = legacyCall(exchange, route(request.method, request.url), context.settings);
    if (call === undefined) {
      if (isXmlMisdirected(route, request)) throw new Fault(404, undefined, { reason: 'unknown-path' });
      return false;
    }
    const reserve = reserveFor(end, context.requests);
    const { maxBodyBytes: maxBytes, maxBodyParts: maxParts } = context.settings;
    const parsed = await readRequest(exchange, call, { maxBytes, maxParts, reserve });
    if (parsed === undefined) return false;
    traceRequest(exchange, parsed);
    // Acquire the gate only after the body has arrived, so that a slow caller does not block others.
    const release = context.gate.tryAcquire(exchange.account) ?? (await context.gate.acquire(exchange));
    try {
      await carryOut(exchange, call, parsed, context);
    } finally {
      release();
      // By then the answer has been written.
      atEndOfTurn(() => watchUnsent(response));
    }
    return true;
  };
}

/**
 * A path and its end that legacy Nova answered with 404: slashes, or any suffix but those of its media types. A match begins
 * at the start of the target only, because one that begins at each slash costs the square of their number.
 */
const unknownEnd = /^([^?]*?[^?/])(?:\/+|\.\w+)(?=\?|$)/;

/** Check that a body in XML was sent to the path of an operation with such an end. A modern cloud would say 415. */
function isXmlMisdirected(route: Router, request: IncomingMessage): boolean {
  const { method, url, headers } = request;
  const type = readMediaType(headers['content-type']);
  if (type === undefined || codecOf[type] === 'json' || !hasBody(request) || url === undefined) return false;
  const plain = url.replace(unknownEnd, '$1');
  return plain !== url && route(method, plain) !== undefined;
}

/** Select the operations of a call that are translated; undefined for none. JSON on v2.1 is modern: most of it is forwarded. */
function legacyCall(exchange: Exchange, call: Call | undefined, { replyDefault }: TranslateSettings): Call | undefined {
  if (call?.version !== modernVersion) return call;
  const type = readMediaType(exchange.request.headers['content-type']);
  const isJson = type === undefined || codecOf[type] === 'json';
  if (!isJson || codecOf[replyTypeOf(exchange, replyDefault)] !== 'json') return call;
  const operations = call.operations.filter(({ isForModern }) => isForModern === true);
  return isSome(operations) ? { ...call, operations } : undefined;
}

function traceRequest({ trace }: Exchange, { operation, body }: ParsedRequest): void {
  trace.operation = operation.name;
  if (body === undefined) return;
  trace.mediaIn = body.type;
  trace.bytesIn = body.bytes;
}

/** Process one request: read, plan, normalize, announce the notes, send, answer. */
async function carryOut(
  exchange: Exchange,
  call: Call,
  parsed: ParsedRequest,
  context: TranslateContext,
): Promise<void> {
  const { operation } = parsed;
  const legacy = readLegacy(parsed, call, context.quotas);
  const plan = planFor(exchange, call, operation, legacy.value, context.profile);
  addMemberNeeds(exchange, call, operation, plan, legacy.reading);
  admit(exchange, operation.answer !== undefined);
  const present = await readPresent(exchange, call, operation, plan, context.cloud);
  const modern = normalize(plan, present.content);
  const notes = [...legacy.notes, ...modern.notes];
  announceNotes(exchange, notes, context.settings);
  const request = cloudRequest(call, operation, plan, modern.content, legacy.reading);
  const answer = await context.cloud(request, exchange);
  const values = [legacy.value, modern.content];
  return answerCaller(exchange, answer, { call, operation, plan, notes, values, restored: present.restored }, context);
}

/** Plan the request. The caller may choose the microversion on v2.1 only. */
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

/** Add the needs of the members of a request, and that of a feed, which no other operation has. */
function addMemberNeeds(
  exchange: Exchange,
  { version }: Call,
  { feed }: Operation,
  plan: Plan,
  { legacyForms: forms }: Reading,
): void {
  const path = version === 'v2' ? 'v2' : 'v2.1';
  const asked = plan.isCallers ? plan.microversion : undefined;
  findNeeds({ plan, forms, path, asked }, (need) => addNeed(exchange, need));
  if (feed !== undefined && exchange.request.headers.accept?.includes(feed.type) === true)
    addNeed(exchange, 'xml-answer');
}
