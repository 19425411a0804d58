import { cutDeep, isTooDeep } from '../../../schema/nesting.ts';
import type { Message } from '../../../schema/shapes.ts';
import { slicesOf, type Slice } from '../../../schema/slices.ts';
import type { Composer, Document, Written } from '../../../schema/write/write-xml.ts';
import { relink, type LinkBase } from '../../../upstream/links.ts';
import type { Note } from '../../../upstream/note.ts';
import type { AnswerTimes } from '../../exchange/exchange.ts';
import type { Resource } from './resource.ts';
import { inTimeSlices } from './time-slices.ts';

/** A resource as slices to be written one after the other: one for most resources, many for a long list. */
export interface SlicedResource {
  readonly message: Message;
  readonly slices: Iterable<Slice>;
}

/** The form of a document for the caller. */
export interface Form {
  /** The exact Content-Type. */
  readonly type: string;
  /** Create the composer of a document in that type. */
  readonly compose: (message: Message) => Composer;
  readonly links: LinkBase;
}

/** A document for the caller, and the notes on the changes in it. */
export interface CallersDocument {
  readonly document: Document;
  readonly notes: readonly Note[];
}

/**
 * Cut a resource into the slices in which it is written: a long one by its list, so that other exchanges are served meanwhile.
 * A short one is one slice, whose document is a single text and sent in a single write.
 */
export function sliced({ message, content }: Resource, isLong: boolean): SlicedResource {
  return { message, slices: isLong ? slicesOf(message, content) : [{ value: content, isLast: true }] };
}

/**
 * Write the document of a resource for the caller, slice by slice; other exchanges are served between slices. Values that nest
 * too deep are cut, because writers recurse.
 */
export async function writeDocument(
  { message, slices }: SlicedResource,
  { compose, links }: Form,
  { timeSliceMs }: Pick<AnswerTimes, 'timeSliceMs'>,
): Promise<CallersDocument> {
  const composer = compose(message);
  let written: Written | undefined;
  let isCut = false;
  await inTimeSlices(slices, timeSliceMs, ({ value: given, isLast }) => {
    const isDeep = isTooDeep(given);
    const value = isDeep ? cutDeep(given) : given;
    isCut ||= isDeep;
    relink(value, links);
    if (isLast) written = composer.end(value);
    else composer.add(value);
  });
  if (written === undefined) throw new TypeError('no slice is the last');
  const notes = [...notesOf(message, written), ...(isCut ? [cutValue(message)] : [])];
  return { document: written.document, notes };
}

/** Make the notes on the changes in a written document. */
export function notesOf(message: Message, { repaired, misshapen }: Written): Note[] {
  return [...(repaired ? [replacedCharacters(message)] : []), ...misshapen.map(rewrittenValue)];
}

function replacedCharacters({ root }: Message): Note {
  return {
    member: root,
    outcome: 'replaced',
    text: `${root} has U+FFFD, or _ in a name, in the place of characters that XML cannot contain`,
  };
}

function rewrittenValue(name: string): Note {
  return {
    member: name,
    outcome: 'rewritten',
    text: `${name} was rewritten: the cloud's value is of another kind than that of the legacy API`,
  };
}

function cutValue({ root }: Message): Note {
  return { member: root, outcome: 'replaced', text: `${root} has ... in the place of values that nest too deep` };
}
