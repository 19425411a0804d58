import type { Request, RequestHandler } from 'express';
import { Fault } from '../../fault.ts';
import { presentReason } from '../../fault-reasons.ts';
import { atomType } from '../answer/atom-feed.ts';
import { codecOf, readMediaType } from '../../media/media-type.ts';
import { negotiate } from '../../media/negotiate.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { jsonBytes } from '../../schema/json-bytes.ts';
import { toDocument } from '../../schema/json-document.ts';
import type { Reading } from '../../schema/read/reading.ts';
import { secretsOf } from '../../schema/redact.ts';
import type { Config } from '../../config/settings.ts';
import { isRedirect } from '../../upstream/cloud-answer.ts';
import { gatewayLink, type LinkBase } from '../../upstream/links.ts';
import { lostMembers, presentVersion } from '../../upstream/lost-members.ts';
import { versionText } from '../../upstream/microversion.ts';
import { normalize } from '../../upstream/normalize.ts';
import { plan, type Plan } from '../../upstream/plan.ts';
import { membersOf } from '../../upstream/profile.ts';
import { answerCaller } from './answer.ts';
import { arrive, type Arrival } from './request.ts';
import { atTurnsEnd } from '../answer/end-of-turn.ts';
import { holding } from '../exchange/budget.ts';
import { callersVersion, credentialsOf, pathOf } from '../cloud/cloud.ts';
import type { Context, Translation } from './context.ts';
import { endOf } from '../exchange/deadline.ts';
import { tell, unknownMember } from './announce-notes.ts';
import { publicUrl } from '../answer/public-url.ts';
import { relayHeaders, resourceOf, type Reply, type Resource } from '../answer/relay.ts';
import { replyTypeOf, sendEmpty, wishOf } from '../answer/send.ts';
import { cloudPath, createRouter, type Call } from './router.ts';
import { traceOf } from '../exchange/trace.ts';
import { createUntaken } from '../answer/unsent-answers.ts';

/** The version that modern clients speak; on the others JSON is of the legacy API too. */
const modernVersion = 'v2.1';

/**
 * Translates the requests that an operation describes, socket to socket; lets all others pass, and JSON on v2.1 too unless
 * clouds took away what it carried.
 *
 * What changes something is sent at most once. Before it, at most one GET reads what must be kept.
 */
export function translate(translation: Translation): RequestHandler {
  const { operations, config, gate, budget } = translation;
  const router = createRouter(operations);
  const untaken = createUntaken(config.connections.maxUntakenBytes);
  const prefix = pathOf(config.upstream.url);
  return async (request, response, next) => {
    const found = router(request.method, request.url);
    const call = found && isModern(found, request, config) ? forModern(found) : found;
    if (call === undefined || call.operations.length === 0) return next();
    const signal = endOf(response);
    const hold = holding(response, budget.requests);
    let arrival: Arrival | undefined;
    try {
      arrival = await arrive(request, call, config.request.maxBytes, hold, signal);
    } catch (error) {
      // Whatever ended it has answered, and may be listening to the rest of the request.
      if (!signal.aborted) throw error;
    }
    // A body may end after its exchange has.
    if (signal.aborted) return undefined;
    if (arrival === undefined) return next();
    const trace = traceOf(response);
    trace.operation = arrival.operation.name;
    if (arrival.body !== undefined) {
      trace.mediaIn = arrival.body.type;
      trace.bytesIn = arrival.body.bytes;
    }
    // A caller that is slow to send its body keeps no other waiting.
    const leave = gate.passAtOnce() ?? (await gate.pass(signal));
    try {
      const asker = { headers: request.headers, signal, trace, holdAnswer: holding(response, budget.answers) };
      const { operation, body } = arrival;
      await carryOut({ road: translation, operation, body, request, response, call, trace, asker, prefix });
    } catch (error) {
      // Whatever ended it has answered, or there is nobody to answer.
      if (!signal.aborted) throw error;
    } finally {
      leave();
      // Its answer has been written by then.
      atTurnsEnd(() => untaken(response));
    }
    return undefined;
  };
}

/** Whether a request is of the modern API and in JSON both ways, so that there is nothing to translate. */
function isModern(call: Call, request: Request, config: Config): boolean {
  if (call.version !== modernVersion) return false;
  const type = readMediaType(request.headers['content-type']);
  const isJson = type === undefined || codecOf[type] === 'json';
  return isJson && codecOf[replyTypeOf(request, config.reply.default)] === 'json';
}

/** What of a call is translated for modern callers, too. */
function forModern(call: Call): Call {
  return { ...call, operations: call.operations.filter(({ isForModern }) => isForModern === true) };
}

async function carryOut(context: Context): Promise<void> {
  const { operation, body: arrived, call, request, response, asker, trace } = context;
  const { cloud, profile, limits } = context.road;
  const isOfV21 = call.version === modernVersion;
  const asked = isOfV21 ? callersVersion(request.headers) : undefined;
  const keepUnknown = isOfV21 && arrived !== undefined && codecOf[arrived.type] === 'json';

  const reading: Reading = { limits, unknown: [], keepUnknown };
  const message = operation.request;
  const value = message && arrived?.opened.readAs(message, reading);
  arrived?.forget();
  const planned = plan(value, membersOf(profile, operation), asked, message?.root ?? '');
  trace.microversion = versionText(planned.microversion);

  const lost = operation.answer === undefined ? [] : lostMembers(operation.answer.root, planned);
  const present = isReadBeforehand(planned, lost) ? await readPresent(context) : {};
  const { content, notes } = normalize(planned, present);
  const told = [...(keepUnknown ? [] : reading.unknown.map((path) => unknownMember(path, operation))), ...notes];
  tell(context, told);

  const answer = await cloud(
    {
      method: operation.method,
      path: cloudPath(operation.route, call, operation.scope) + call.query,
      body:
        message === undefined || content === undefined
          ? null
          : jsonBytes(toDocument(message, content), reading.verbatim),
      microversion: planned.isCallers ? undefined : planned.microversion,
    },
    asker,
  );

  relayHeaders(response, answer, planned.isCallers);
  const secrets = (): string[] => [
    ...(message === undefined ? [] : [value, content].flatMap(secretsOf(message))),
    ...credentialsOf(request.headers),
  ];
  if (operation.isForAll === true && isRedirect(answer)) {
    response.setHeader('Location', gatewayLink(String(answer.headers['location']), linkBase(context)));
    return sendEmpty(response, answer.status);
  }
  const restored = lost.length === 0 ? undefined : Object.fromEntries(lost.map((member) => [member, present[member]]));
  const form = replyForm(context, restored, planned.isCallers || operation.isForAll === true);
  const read = (): Resource | undefined =>
    resourceOf(answer, operation, secrets, isOfV21 ? undefined : operation.fallback);
  return answerCaller(context, answer, { form, told, read });
}

function isReadBeforehand({ carried }: Plan, lost: readonly string[]): boolean {
  return lost.length > 0 || carried.some(({ treatment }) => treatment.present !== undefined);
}

/** The resource as it is. @throws {Fault} where it cannot be read; then nothing was changed */
async function readPresent({ road, operation, call, request, response, asker }: Context): Promise<Fields> {
  if (operation.subject === undefined) return {};
  try {
    const path = cloudPath(operation.subject, call);
    const answer = await road.cloud({ method: 'GET', path, body: null, microversion: presentVersion }, asker);
    try {
      const found = resourceOf(answer, operation, () => credentialsOf(request.headers))?.content;
      return isFields(found) ? found : {};
    } catch (error) {
      // The caller's answer is of this one.
      relayHeaders(response, answer, false);
      throw error;
    }
  } catch (error) {
    throw unchanged(error);
  }
}

/** A read that failed changed nothing: a refusal stays as it is, a failure says so. */
function unchanged(error: unknown): unknown {
  if (!(error instanceof Fault) || error.status < 500) return error;
  const { status, message, reason, retryAfter, headers } = error;
  if (reason === 'cloud-fault')
    return new Fault(status, `${message} Nothing was changed.`, { reason, retryAfter, headers });
  const text = 'The cloud could not be asked for the resource as it is. Nothing was changed.';
  return new Fault(503, text, { reason: presentReason(reason), cause: error });
}

/** How links are made to point at the gateway, as the caller knows it. */
function linkBase({ request, road, call, prefix }: Context): LinkBase {
  return { publicUrl: publicUrl(request, road.config.public.url), version: call.version, cloudPath: prefix };
}

function replyForm(context: Context, restored: Reply['restored'], keepAll: boolean): Reply {
  const { request, call, operation } = context;
  const { config } = context.road;
  return {
    type:
      operation.feedTitle === undefined
        ? replyTypeOf(request, config.reply.default)
        : negotiate(wishOf(request, config.reply.default), atomType),
    base: linkBase(context),
    pathOf: (template) => cloudPath(template, call),
    restored,
    keepAll,
  };
}
