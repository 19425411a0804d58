import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import { dropped, type Note } from '../../upstream/note.ts';
import { setNoteHeaders } from '../answer/note-headers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { handlingOf } from './preference.ts';
import type { TranslateSettings } from './context.ts';

/**
 * Write the notes on a request into its answer and its log line, before anything is sent to the cloud.
 * @throws {Fault} 400 if handling is strict and a member would be dropped
 */
export function announceNotes(
  { request, response, trace }: Exchange,
  notes: readonly Note[],
  { handling, maxNotes }: TranslateSettings,
): void {
  const { mode, isCallers } = handlingOf(request.headers['prefer'], handling);
  if (isCallers) response.setHeader('Preference-Applied', `handling=${mode}`);
  trace.notes = notes;
  const lost = notes.filter(({ outcome }) => outcome === 'dropped');
  if (mode === 'strict' && lost.length > 0) {
    const listed = lost.slice(0, maxNotes).map(({ text }) => text);
    const more = lost.length - listed.length;
    const message = `Strict handling refuses members that would be dropped. ${listed.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
    throw new Fault(400, message, { reason: 'strict' });
  }
  setNoteHeaders(response, notes, maxNotes);
}

/** Make the note on a member that is not described. A path such as `rebuild.personality[0].mode` becomes `personality.0.mode`. */
export function unknownMember(path: string, { request }: Operation): Note {
  const root = `${request?.root}.`;
  const below = path.startsWith(root) ? path.slice(root.length) : path;
  return dropped(below.replace(/\[(\d+)\]/g, '.$1'), 'no such member is known');
}
