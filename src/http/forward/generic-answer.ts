import { Fault } from '../../fault.ts';
import { parseExactly } from '../../schema/exact-json.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { NotSliced, readSlices } from '../../schema/read/read-slices.ts';
import type { Slice } from '../../schema/slices.ts';
import { genericComposer, genericMessage } from '../../schema/write/generic-xml.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { dropped, genericForm, type Note } from '../../upstream/note.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import { sliced, writeDocument, type CallersDocument, type SlicedResource } from '../answer/document.ts';
import { atEndOfTurn } from '../answer/end-of-turn.ts';
import { acquireLongAnswer } from '../answer/long-answers.ts';
import { setNoteHeaders } from '../answer/note-headers.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { sendDocument, sendEmpty } from '../answer/send.ts';
import { reserveFor } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { linksOf, type AnswerSettings } from './answer-settings.ts';
import type { StreamedAnswer } from './read/streamed-answer.ts';
import { readWholeAnswer } from './read/whole-answer.ts';

/** The root of a document that has no name: an array, a scalar or an empty object. */
const unnamed = 'result';
/** The largest number of notes on members beside the root: the cloud chooses their number. */
const mostOthers = 1000;
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
  const { end } = exchange;
  const whole = await readWholeAnswer(answer, {
    end,
    timeoutMs: settings.answerTimeoutMs,
    maxBytes: settings.answerMaxBytes,
    reserve: reserveFor(end, limits.budget),
  });
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
    const written = await write(exchange, whole, isLong, settings);
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

/** Write the document; undefined for a redirect whose body is no JSON, because its Location says all. */
async function write(
  exchange: Exchange,
  whole: CloudAnswer,
  isLong: boolean,
  settings: AnswerSettings,
): Promise<CallersDocument | undefined> {
  const links = linksOf(exchange, settings);
  const written = async (generic: Generic): Promise<CallersDocument> => {
    const form = { type: '', compose: genericComposer, links };
    const { document, notes } = await writeDocument(generic.resource, form, exchange.times);
    return { document, notes: [genericForm(generic.root), ...lostMembers(generic), ...notes] };
  };
  const list = isLong ? await writtenInSlices(whole.body, written) : undefined;
  if (list !== undefined) return list;
  const parsed = parse(whole.body);
  if (parsed === undefined && whole.status >= 300) return undefined;
  if (parsed === undefined) throw noDocument(whole.status);
  return written(genericOf(parsed.value, isLong));
}

/** A document that nothing describes. */
interface Generic {
  readonly root: string;
  readonly resource: SlicedResource;
  /** The members beside the root; complete when the last slice has been read. */
  readonly others: string[];
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

function genericOf(value: unknown, isLong: boolean): Generic {
  const document: Fields = isFields(value) ? value : { [unnamed]: value };
  const names = Object.keys(document);
  // Legacy Nova wrote any one member. Links to the next page are no document of their own.
  const root = names.find((name) => !name.endsWith('_links')) ?? names[0] ?? unnamed;
  const content = names.length === 0 ? { [unnamed]: {} } : document;
  return {
    root,
    resource: sliced({ message: genericMessage(root), content }, isLong),
    others: otherMembers(content, root),
  };
}

function otherMembers(document: Fields, root: string): string[] {
  return Object.keys(document)
    .filter((name) => name !== root)
    .slice(0, mostOthers);
}

function lostMembers({ others }: Generic): Note[] {
  return others.map((name) => dropped(name, 'the generic form of XML has one root'));
}

function parse(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: parseExactly(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}

function noDocument(status: number): Fault {
  const message = `The cloud answered ${status} without a JSON document. It may have acted on the request.`;
  return new Fault(502, message, { reason: 'cloud-nonsense' });
}
