import type { Operation } from '../../compute/operation.ts';
import { modernVersion } from '../../compute/path-facts.ts';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Fields } from '../../schema/fields.ts';
import { setImmediate } from 'node:timers/promises';
import { NotSliced, readSlices } from '../../schema/read/read-slices.ts';
import { secretsOf } from '../../schema/redact.ts';
import { isUnencoded, isRedirect, type CloudAnswer } from '../../upstream/cloud-answer.ts';
import { gatewayLink } from '../../upstream/links.ts';
import type { Note } from '../../upstream/note.ts';
import type { Plan } from '../../upstream/plan.ts';
import { sliced, writeDocument, type CallersDocument } from '../answer/document/document.ts';
import { feedType, formOf, type FormChoice } from '../answer/document/form.ts';
import { setNoteHeaders } from '../answer/note-headers.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { isAnswerOf, resourceOf, unexpectedAnswer, withRestored } from '../answer/document/resource.ts';
import { selfLinkOf } from '../answer/document/self-link.ts';
import { sendDocument, sendEmpty } from '../answer/send.ts';
import { credentialsOf } from '../cloud/cloud.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { cloudPath } from './cloud-path.ts';
import { locationOf } from './location.ts';
import { inPieces } from '../answer/apart/pieces.ts';
import type { WriteApart } from '../answer/apart/threads.ts';
import { acquireLongAnswer } from '../answer/long-answers.ts';
import { formChoiceFor } from './reply-form.ts';
import { writeTapedAnswer } from './taped-answer.ts';
import type { TranslateContext } from './context.ts';
import type { Call } from './router.ts';

/** A request that was translated and sent. */
export interface Translated {
  readonly call: Call;
  readonly operation: Operation;
  readonly plan: Plan;
  /** The notes on the request. */
  readonly notes: readonly Note[];
  /** The legacy value and the modern one. Faults must not quote their secrets. */
  readonly values: readonly unknown[];
  /** The members that the answer lacks and the caller needs; undefined for none. */
  readonly restored: Fields | undefined;
}

/**
 * Answer the caller: read the resource, cut it into slices, write the document and send it. A short answer is one slice;
 * between the slices of a long one, other exchanges are served.
 * @throws {Fault} the cloud's own, or 502 if the cloud's answer is not the expected document
 */
export async function answerCaller(
  exchange: Exchange,
  answer: CloudAnswer,
  translated: Translated,
  { settings, answers }: TranslateContext,
): Promise<void> {
  const { call, operation, plan, notes } = translated;
  const { response, trace } = exchange;
  relayHeaders(response, answer, plan.isCallers);
  const form = formChoiceFor(exchange, call, operation, plan, settings);
  if (operation.isForAll === true && isRedirect(answer)) {
    response.setHeader('Location', gatewayLink(String(answer.headers['location']), form.links));
    return sendEmpty(exchange, answer.status);
  }
  const isLong = answer.body.length >= settings.longAnswerBytes;
  const release = isLong ? await acquireLongAnswer(answers.longAnswers, exchange) : undefined;
  try {
    const taped = await writeTapedAnswer(exchange, answer, translated, form);
    const list = isLong ? (taped ?? (await writeList(exchange, answer, translated, form))) : taped;
    const written =
      list ??
      (isForThread(answer, operation)
        ? await writeApart(exchange, answer, translated, form, answers.writeApart)
        : await writeResource(exchange, answer, translated, form, isLong));
    if (written === undefined) return sendEmpty(exchange, operation.status);
    trace.notes = written.notes.length === 0 ? notes : [...notes, ...written.notes];
    setNoteHeaders(response, trace.notes, settings.maxNotes);
    trace.mediaOut = form.type;
    return await sendDocument(exchange, statusOf(operation, answer), form.type, written.document);
  } finally {
    release?.();
  }
}

/** Choose the status of an answer: legacy Nova's, or the cloud's if legacy Nova had it too. */
function statusOf({ status, otherStatus }: Operation, answer: CloudAnswer): number {
  return answer.status === otherStatus ? otherStatus : status;
}

/** Read the whole resource, set Location and write the document; undefined without a resource. */
async function writeResource(
  { request, response, times }: Exchange,
  answer: CloudAnswer,
  { call, operation, plan, values, restored }: Translated,
  form: FormChoice,
  isLong: boolean,
): Promise<CallersDocument | undefined> {
  const secrets = (): string[] => [...secretsIn(operation, values), ...credentialsOf(request.headers)];
  const fallback = call.version === modernVersion ? undefined : operation.fallback;
  const resource = resourceOf(answer, operation, secrets, fallback, plan.isCallers);
  const location = locationOf(
    answer,
    operation,
    selfLinkOf(resource?.content),
    (route) => cloudPath(route, call),
    form.links,
  );
  if (location !== undefined) response.setHeader('Location', location);
  if (resource === undefined) return undefined;
  // Each step of a long document holds the event loop for some time; together they would hold it too long.
  if (isLong) await setImmediate();
  return writeDocument(sliced(withRestored(resource, restored), isLong), formOf(form, operation), times);
}

/** Check that an answer has a document that is too large to be translated on the event loop in one piece. */
function isForThread(answer: CloudAnswer, operation: Operation): boolean {
  const isLarge = answer.body.length > fixedLimits.wholeDocumentBytes;
  return isLarge && operation.answer !== undefined && isAnswerOf(operation, answer) && isUnencoded(answer);
}

/** Do the same as `writeResource` in a thread. @throws {Fault} 502 if the answer is not the expected document */
async function writeApart(
  { response, end }: Exchange,
  answer: CloudAnswer,
  { call, operation, restored }: Translated,
  form: FormChoice,
  write: WriteApart,
): Promise<CallersDocument> {
  const job = {
    kind: 'described',
    operation: operation.name,
    form,
    restored: restored === undefined ? '' : JSON.stringify(restored),
  } as const;
  const written = await write(job, answer.body, end);
  if (written === undefined) throw unexpectedAnswer(answer, operation);
  const location = locationOf(answer, operation, written.self, (route) => cloudPath(route, call), form.links);
  if (location !== undefined) response.setHeader('Location', location);
  return { document: inPieces(written.bytes), notes: written.notes };
}

/**
 * Write a long list slice by slice while it is parsed. Undefined if the answer is not such a list, or is malformed: then the
 * whole answer must be parsed, which finds the fault.
 */
async function writeList(
  { times }: Exchange,
  answer: CloudAnswer,
  { operation, restored }: Translated,
  form: FormChoice,
): Promise<CallersDocument | undefined> {
  const { answer: message, otherAnswer, location } = operation;
  const isList = message !== undefined && otherAnswer === undefined && location === undefined && form.type !== feedType;
  if (!isList || restored !== undefined || !isUnencoded(answer) || !isAnswerOf(operation, answer)) return undefined;
  try {
    return await writeDocument({ message, slices: readSlices(message, answer.body) }, formOf(form, operation), times);
  } catch (error) {
    if (error instanceof NotSliced) return undefined;
    throw error;
  }
}

function secretsIn({ request }: Operation, values: readonly unknown[]): string[] {
  return request === undefined ? [] : values.flatMap(secretsOf(request));
}
