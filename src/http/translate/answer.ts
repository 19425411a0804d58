import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { Note } from '../../upstream/note.ts';
import type { Context } from './context.ts';
import { setNoteHeaders } from '../answer/note-headers.ts';
import { isLong, oneByOne } from './long-answers.ts';
import {
  locationOf,
  relayAtOnce,
  relayDocument,
  relayList,
  type Relayed,
  type Reply,
  type Resource,
} from '../answer/relay.ts';
import { sendAtLeisure, sendEmpty } from '../answer/send.ts';

/** What an answer is made with. */
export interface Answering {
  readonly form: Reply;
  /** What the caller has been told of the request. */
  readonly told: readonly Note[];
  /** The resource in the cloud's answer; undefined where the operation answers none. @throws {Fault} where there should be one */
  readonly read: () => Resource | undefined;
}

/**
 * Answers the caller: with the resource in its media type, or with nothing where the operation answers nothing. A short
 * answer is made at once, a long one so that others do not wait for it.
 * @throws {Fault} the cloud's, or 502 where the cloud's answer is none
 */
export function answerCaller(context: Context, answer: CloudAnswer, answering: Answering): Promise<void> {
  if (isLong(answer)) return oneByOne(context, () => answerAtLeisure(context, answer, answering));
  const resource = located(context, answer, answering);
  if (resource === undefined) return sendNothing(context);
  return send(context, relayAtOnce(resource, answering.form, context.operation.feedTitle), answering);
}

async function answerAtLeisure(context: Context, answer: CloudAnswer, answering: Answering): Promise<void> {
  const { form } = answering;
  const list = await relayList(answer, context.operation, form);
  if (list !== undefined) return send(context, list, answering);
  const resource = located(context, answer, answering);
  if (resource === undefined) return sendNothing(context);
  return send(context, await relayDocument(resource, form, context.operation.feedTitle), answering);
}

/** The resource, to which Location points where the operation has it. */
function located(
  { operation, response }: Context,
  answer: CloudAnswer,
  { form, read }: Answering,
): Resource | undefined {
  const resource = read();
  const location = locationOf(answer, operation, resource, form);
  if (location !== undefined) response.setHeader('Location', location);
  return resource;
}

function sendNothing({ response, operation }: Context): Promise<void> {
  sendEmpty(response, operation.status);
  return done;
}

const done = Promise.resolve();

function send(
  { operation, response, trace, road }: Context,
  { document, notes }: Relayed,
  { form, told }: Answering,
): Promise<void> {
  trace.notes = notes.length === 0 ? told : [...told, ...notes];
  setNoteHeaders(response, trace.notes, road.config.notes.max);
  trace.mediaOut = form.type;
  return sendAtLeisure(response, operation.status, form.type, document);
}
