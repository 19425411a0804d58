import { Fault } from '../../fault.ts';
import { setImmediate } from 'node:timers/promises';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { isFields } from '../../schema/fields.ts';
import { NotSliced, readSlices } from '../../schema/read/read-slices.ts';
import type { Slice } from '../../schema/slices.ts';
import { genericMessage } from '../../schema/write/generic-xml.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { LinkBase } from '../../upstream/links.ts';
import type { Note } from '../../upstream/note.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import { inPieces } from '../answer/apart/pieces.ts';
import type { WrittenApart } from '../answer/apart/job.ts';
import type { CallersDocument } from '../answer/document/document.ts';
import { otherMembers, readGeneric, writeGeneric, type Generic } from '../answer/document/generic-document.ts';
import { atEndOfTurn } from '../answer/end-of-turn.ts';
import { acquireLongAnswer } from '../answer/long-answers.ts';
import { setNoteHeaders } from '../answer/note-headers.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { sendDocument, sendEmpty } from '../answer/send.ts';
import type { AnswerTimes, Exchange } from '../exchange/exchange.ts';
import { boundsOf, linksOf, type AnswerSettings } from './answer-settings.ts';
import type { StreamedAnswer } from './read/streamed-answer.ts';
import { readWholeAnswer } from './read/whole-answer.ts';

/** The fields of an answer without a document that the caller needs nevertheless. */
const keptFields = ['location', 'retry-after', 'www-authenticate'];

/**
 * Answer a caller of XML with the document of a call that nothing describes, in the form of legacy Nova's generic serializer,
 * with a note. An answer without a document stays one.
 * @param type the media type of XML
 * @throws {Fault} 502 for an answer over a limit, one that breaks off or falls silent, and a success that is no JSON
 */
export async function answerGeneric(
  answer: StreamedAnswer,
  exchange: Exchange,
  type: string,
  settings: AnswerSettings,
  limits: AnswerLimits,
): Promise<void> {
  const whole = await readWholeAnswer(answer, boundsOf(exchange, settings, limits));
  return sendGeneric(whole, exchange, type, settings, limits);
}

/** Send an answer that was read whole in the same form. @throws {Fault} 502 for a success that is no JSON */
export async function sendGeneric(
  whole: CloudAnswer,
  exchange: Exchange,
  type: string,
  settings: AnswerSettings,
  limits: AnswerLimits,
): Promise<void> {
  const { response } = exchange;
  relayHeaders(response, whole, true);
  for (const name of keptFields) {
    const value = whole.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  if (whole.body.length === 0) return sendEmpty(exchange, whole.status);
  const isLong = whole.body.length >= settings.longAnswerBytes;
  const release = isLong ? await acquireLongAnswer(limits.longAnswers, exchange) : undefined;
  try {
    const written = await write(exchange, whole, isLong, settings, limits);
    if (written === undefined) return sendEmpty(exchange, whole.status);
    announce(exchange, written.notes, settings);
    exchange.trace.mediaOut = type;
    await sendDocument(exchange, whole.status, type, written.document);
  } finally {
    release?.();
    atEndOfTurn(() => limits.watchUnsent(response));
  }
}

function announce({ response, trace }: Exchange, notes: readonly Note[], { maxNotes }: AnswerSettings): void {
  trace.notes = notes;
  setNoteHeaders(response, notes, maxNotes);
}

/** Write the document; undefined for a redirect whose body is no JSON, because callers need only its Location. */
async function write(
  exchange: Exchange,
  whole: CloudAnswer,
  isLong: boolean,
  settings: AnswerSettings,
  { writeApart }: AnswerLimits,
): Promise<CallersDocument | undefined> {
  const { times, end } = exchange;
  const { status, body } = whole;
  const links = linksOf(exchange, settings);
  const list = isLong ? await writtenInSlices(body, (generic) => writeGeneric(generic, links, times)) : undefined;
  if (list !== undefined) return list;
  const written =
    body.length > fixedLimits.wholeDocumentBytes
      ? writtenApart(await writeApart({ kind: 'generic', links }, body, end))
      : await writtenWhole(body, isLong, links, times);
  if (written === undefined && status < 300) throw noDocument(status);
  return written;
}

async function writtenWhole(
  body: Buffer,
  isLong: boolean,
  links: LinkBase,
  times: AnswerTimes,
): Promise<CallersDocument | undefined> {
  const generic = readGeneric(body, isLong);
  // Each step of a long document holds the event loop for some time; together they would hold it too long.
  if (isLong) await setImmediate();
  return generic && writeGeneric(generic, links, times);
}

function writtenApart(written: WrittenApart | undefined): CallersDocument | undefined {
  return written && { document: inPieces(written.bytes), notes: written.notes };
}

/** Write a list slice by slice while it is parsed; undefined if the document is not such a list. */
async function writtenInSlices(
  body: Buffer,
  written: (generic: Generic) => Promise<CallersDocument>,
): Promise<CallersDocument | undefined> {
  const root = /^\s*\{\s*"([^"\\]{1,256})"\s*:\s*\[/.exec(body.toString('utf8', 0, longAnswerRootReach))?.[1];
  if (root === undefined) return undefined;
  const message = genericMessage(root);
  const others: string[] = [];
  try {
    const slices = watched(readSlices(message, body), root, others);
    return await written({ root, resource: { message, slices }, others });
  } catch (error) {
    if (error instanceof NotSliced) return undefined;
    throw error;
  }
}

/** The length of the beginning of a long answer that is searched for its first member, in bytes. */
const longAnswerRootReach = 1024;

/** Collect the members beside the root from the last slice. */
function* watched(slices: Iterable<Slice>, root: string, others: string[]): Generator<Slice> {
  for (const slice of slices) {
    if (slice.isLast && isFields(slice.value)) others.push(...otherMembers(slice.value, root));
    yield slice;
  }
}

function noDocument(status: number): Fault {
  const consequence = 'It may have acted on the request.';
  return new Fault(502, `The cloud answered ${status} without a JSON document.`, {
    reason: 'cloud-nonsense',
    consequence,
  });
}
