import type { Request, RequestHandler, Response } from 'express';
import type { Operation } from '../compute/operation.ts';
import { Fault } from '../fault.ts';
import { codecOf } from '../media/media-type.ts';
import type { Fields } from '../schema/fields.ts';
import type { Reading } from '../schema/reading.ts';
import { secretsOf } from '../schema/redact.ts';
import type { Config } from '../settings.ts';
import { isSuccess } from '../upstream/cloud-answer.ts';
import { lostMembers, presentVersion } from '../upstream/lost-members.ts';
import { versionText } from '../upstream/microversion.ts';
import { normalize } from '../upstream/normalize.ts';
import { dropped, type Note } from '../upstream/note.ts';
import { plan } from '../upstream/plan.ts';
import { membersOf, type Profile } from '../upstream/profile.ts';
import { arrive, type Arrival } from './arrive.ts';
import { callersVersion, credentialsOf, pathOf, type Cloud } from './cloud.ts';
import { setNoteHeaders } from './note-headers.ts';
import { handlingOf } from './preference.ts';
import { publicUrl } from './public-url.ts';
import { locationOf, relayDocument, relayHeaders, resourceOf, type Reply } from './relay.ts';
import { replyTypeOf, sendDocument } from './reply.ts';
import { cloudPath, createRouter, type Call } from './route.ts';
import { traceOf, type Trace } from './trace.ts';

/** What the translating road is made of. */
export interface Translation {
  readonly operations: readonly Operation[];
  readonly profile: Profile;
  readonly cloud: Cloud;
  readonly config: Config;
  /** The limits in force, by the setting that holds each. */
  readonly limits: ReadonlyMap<string, number>;
}

/** One request on this road: what each step needs of the others. */
interface Context extends Translation, Arrival {
  readonly request: Request;
  readonly response: Response;
  readonly call: Call;
  readonly trace: Trace;
  readonly signal: AbortSignal;
  /** The path in front of the version at the cloud, '' for none. */
  readonly prefix: string;
}

/**
 * Translates the requests that an operation describes, socket to socket; lets all others pass.
 *
 * What changes something is sent at most once. Before it, at most one GET reads what must be kept.
 */
export function translate(translation: Translation): RequestHandler {
  const { operations, config } = translation;
  const router = createRouter(operations);
  const prefix = pathOf(config.upstream.url);
  return async (request, response, next) => {
    const call = router(request.method, request.url);
    if (call === undefined) return next();
    const trace = traceOf(response);
    const signal = signalOf(response);
    const arrival = await arrive(request, call, config.request.maxBytes);
    if (arrival === undefined) return next();
    Object.assign(trace, { operation: arrival.operation.name, mediaIn: arrival.type, bytesIn: arrival.bytes });
    await carryOut({ ...translation, ...arrival, request, response, call, trace, signal, prefix });
  };
}

/** Ends when the caller has gone before the answer's end. */
function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

async function carryOut(context: Context): Promise<void> {
  const { operation, opened, call, request, response, cloud, signal, trace, profile, limits, type } = context;
  const isModern = call.version === 'v2.1';
  const asked = isModern ? callersVersion(request.headers) : undefined;
  const keepUnknown = isModern && codecOf[type] === 'json';

  const reading: Reading = { limits, unknown: [], keepUnknown };
  // The description of a request is a record.
  const value = opened.readAs(operation.request, reading) as Fields;
  const planned = plan(value, membersOf(profile, operation), asked, operation.request.root);
  trace.microversion = versionText(planned.microversion);

  const lost = lostMembers(operation.answer.root, planned);
  const present = planned.carried.length > 0 || lost.length > 0 ? await readPresent(context) : {};
  const { content, notes } = normalize(planned, present);
  const told = [...(keepUnknown ? [] : reading.unknown.map((path) => unknownMember(path, operation))), ...notes];
  tell(context, told);

  const body = Buffer.from(JSON.stringify({ [operation.request.root]: content }));
  const path = cloudPath(operation.route, call) + call.query;
  const version = planned.isCallers ? undefined : planned.microversion;
  const answer = await cloud(
    { purpose: 'translated', method: operation.method, path, body, microversion: version },
    request.headers,
    signal,
    trace,
  );

  relayHeaders(response, answer, planned.isCallers);
  const secrets = (): string[] => [
    ...[value, content].flatMap(secretsOf(operation.request)),
    ...credentialsOf(request.headers),
  ];
  const resource = resourceOf(answer, operation.answer.root, secrets);
  const restored = Object.fromEntries(lost.map((member) => [member, present[member]]));
  const form = replyForm(context, restored, planned.isCallers);
  const relayed = relayDocument(resource, operation.answer, form);
  trace.notes = [...told, ...relayed.notes];
  setNoteHeaders(response, trace.notes, context.config.notes.max);
  response.setHeader('Location', locationOf(answer, resource, form));
  trace.mediaOut = form.type;
  sendDocument(response, operation.status, form.type, relayed.document);
}

/** The resource as it is. @throws {Fault} where it cannot be read; then nothing was changed */
async function readPresent({ cloud, operation, call, request, response, signal, trace }: Context): Promise<Fields> {
  try {
    const path = cloudPath(operation.subject, call);
    const answer = await cloud(
      { purpose: 'beforehand', method: 'GET', path, body: null, microversion: presentVersion },
      request.headers,
      signal,
      trace,
    );
    if (!isSuccess(answer)) relayHeaders(response, answer, false);
    return resourceOf(answer, operation.answer.root, () => credentialsOf(request.headers));
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
  return new Fault(503, text, { reason: `present-${reason}`, cause: error });
}

function replyForm({ request, config, call, operation, prefix }: Context, restored: Fields, keepAll: boolean): Reply {
  return {
    type: replyTypeOf(request, config.reply.default),
    base: {
      publicUrl: publicUrl(request, config.public.url),
      version: call.version,
      cloudPath: prefix,
    },
    subject: cloudPath(operation.subject, call),
    restored,
    keepAll,
  };
}

/** Tells the caller, before anything is sent. @throws {Fault} 400 where handling is strict and something would be lost */
function tell({ request, response, config, trace }: Context, notes: readonly Note[]): void {
  const { mode, isCallers } = handlingOf(request.headers['prefer'], config.handling);
  if (isCallers) response.setHeader('Preference-Applied', `handling=${mode}`);
  trace.notes = notes;
  const lost = notes.filter(({ outcome }) => outcome === 'dropped');
  if (mode === 'strict' && lost.length > 0) {
    const told = lost.slice(0, config.notes.max).map(({ text }) => text);
    const more = lost.length - told.length;
    const message = `Strict handling refuses what would be lost. ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
    throw new Fault(400, message, { reason: 'strict' });
  }
  setNoteHeaders(response, notes, config.notes.max);
}

/** `rebuild.personality[0].mode` is told as `personality.0.mode`. */
function unknownMember(path: string, { request: { root } }: Operation): Note {
  return dropped(path.slice(root.length + 1).replace(/\[(\d+)\]/g, '.$1'), 'no such member is known');
}
