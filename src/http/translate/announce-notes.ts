import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import type { PassedOver } from '../../schema/read/reading.ts';
import { dropped, type Note } from '../../upstream/note.ts';
import { setNoteHeaders } from '../answer/note-headers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { handlingOf } from './preference.ts';
import type { TranslateSettings } from './context.ts';

/** The outcomes that strict handling refuses, in the words of its fault. A mapped or rewritten member keeps its meaning. */
const losses: ReadonlyMap<Note['outcome'], string> = new Map([
  ['dropped', 'be dropped'],
  ['ineffective', 'have no effect'],
  ['replaced', 'be replaced unseen'],
]);

/**
 * Write the notes on a request into its answer and its log line, before anything is sent to the cloud.
 * @throws {Fault} 400 if handling is strict and something would be lost
 */
export function announceNotes(
  { request, response, trace }: Exchange,
  notes: readonly Note[],
  { handling, maxNotes }: TranslateSettings,
): void {
  const { mode, isCallers } = handlingOf(request.headers['prefer'], handling);
  if (isCallers) response.setHeader('Preference-Applied', `handling=${mode}`);
  trace.notes = notes;
  const lost = notes.filter(({ outcome }) => losses.has(outcome));
  if (mode === 'strict' && lost.length > 0) {
    const listed = lost.slice(0, maxNotes).map(({ text }) => text);
    const more = lost.length - listed.length;
    const kinds = [...losses].flatMap(([kind, words]) => (lost.some(({ outcome }) => outcome === kind) ? [words] : []));
    const message = `Strict handling refuses members that would ${kinds.join(' or ')}. ${listed.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
    throw new Fault(400, message, { reason: 'strict' });
  }
  setNoteHeaders(response, notes, maxNotes);
}

/** Make the note on a member that is not described. */
export function unknownMember(path: string, operation: Operation): Note {
  return passedOver({ path, because: 'no such member is known' }, operation);
}

/** Make the note on a part that was not read. A path such as `rebuild.personality[0].mode` becomes `personality.0.mode`. */
export function passedOver({ path, because }: PassedOver, { request }: Operation): Note {
  const root = `${request?.root}.`;
  const below = path.startsWith(root) ? path.slice(root.length) : path;
  return dropped(below.replace(/\[(\d+)\]/g, '.$1'), because);
}
