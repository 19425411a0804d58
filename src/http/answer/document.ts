import { Fault } from '../../fault.ts';
import { isTooDeep } from '../../schema/nesting.ts';
import type { Message } from '../../schema/shapes.ts';
import { slicesOf, type Slice } from '../../schema/slices.ts';
import { UnwritableValue } from '../../schema/write/unwritable-value.ts';
import type { Composer, Document, Written } from '../../schema/write/write-xml.ts';
import { relink, type LinkBase } from '../../upstream/links.ts';
import type { Note } from '../../upstream/note.ts';
import type { AnswerTimes } from '../exchange/exchange.ts';
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

/** Cut a resource into slices. The nesting of each is checked when it is read. */
export function sliced({ message, content }: Resource): SlicedResource {
  return { message, slices: checked(slicesOf(message, content)) };
}

/** Check the nesting of each slice, because writers recurse. @throws {UnwritableValue} at a slice that nests too deep */
function* checked(slices: Iterable<Slice>): Generator<Slice> {
  for (const slice of slices) {
    if (isTooDeep(slice.value)) throw new UnwritableValue('too deep');
    yield slice;
  }
}

/**
 * Write the document of a resource for the caller, slice by slice; other exchanges are served between slices.
 * @throws {UnwritableValue} for a value that is not of the described kind, or nests too deep
 */
export async function writeDocument(
  { message, slices }: SlicedResource,
  { compose, links }: Form,
  { timeSliceMs }: AnswerTimes,
): Promise<CallersDocument> {
  const composer = compose(message);
  let written: Written | undefined;
  await inTimeSlices(slices, timeSliceMs, ({ value, isLast }) => {
    relink(value, links);
    if (isLast) written = composer.end(value);
    else composer.add(value);
  });
  if (written === undefined) throw new TypeError('no slice is the last');
  return { document: written.document, notes: written.repaired ? [replacedCharacters(message)] : [] };
}

function replacedCharacters({ root }: Message): Note {
  return {
    member: root,
    outcome: 'replaced',
    text: `${root} has U+FFFD in the place of characters that XML cannot reserve`,
  };
}

/** Convert an error of writing to a fault: 502 if the cloud's document is not of the described form. */
export function writingFault(error: unknown): unknown {
  if (!(error instanceof UnwritableValue)) return error;
  return new Fault(502, 'The cloud answered with a document of an unexpected form. It may have acted on the request.', {
    reason: 'cloud-nonsense',
    cause: error,
  });
}
