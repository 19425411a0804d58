import { parseExactly } from '../../../schema/exact-json.ts';
import { isFields, type Fields } from '../../../schema/fields.ts';
import { genericComposer, genericMessage } from '../../../schema/write/generic-xml.ts';
import type { LinkBase } from '../../../upstream/links.ts';
import { dropped, genericForm } from '../../../upstream/note.ts';
import type { AnswerTimes } from '../../exchange/exchange.ts';
import { sliced, writeDocument, type CallersDocument, type SlicedResource } from './document.ts';

/** The root of a document that has no name: an array, a scalar or an empty object. */
const unnamed = 'result';
/** The largest number of notes on members beside the root: the cloud chooses their number. */
const mostOthers = 1000;

/** A document that nothing describes. */
export interface Generic {
  readonly root: string;
  readonly resource: SlicedResource;
  /** The members beside the root; complete when the last slice has been read. */
  readonly others: string[];
}

/** Parse a document that nothing describes; undefined for a body that is not JSON. */
export function readGeneric(body: Buffer, isLong: boolean): Generic | undefined {
  try {
    return genericOf(parseExactly(body.toString('utf8')), isLong);
  } catch {
    return undefined;
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

/** List the members beside the root. */
export function otherMembers(document: Fields, root: string): string[] {
  return Object.keys(document)
    .filter((name) => name !== root)
    .slice(0, mostOthers);
}

/** Write a document that nothing describes, with notes on its form and on the members that it lacks. */
export async function writeGeneric(
  generic: Generic,
  links: LinkBase,
  times: Pick<AnswerTimes, 'timeSliceMs'>,
): Promise<CallersDocument> {
  const { document, notes } = await writeDocument(
    generic.resource,
    { type: '', compose: genericComposer, links },
    times,
  );
  const lost = generic.others.map((name) => dropped(name, 'the generic form of XML has one root'));
  return { document, notes: [genericForm(generic.root), ...lost, ...notes] };
}
