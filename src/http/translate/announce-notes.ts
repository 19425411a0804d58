import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import { dropped, type Note } from '../../upstream/note.ts';
import type { Context } from './context.ts';
import { setNoteHeaders } from '../answer/note-headers.ts';
import { handlingOf } from './preference.ts';

/** Tells the caller, before anything is sent. @throws {Fault} 400 where handling is strict and something would be lost */
export function tell({ request, response, road: { config }, trace }: Context, notes: readonly Note[]): void {
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

/** The note of a member that no description names: `rebuild.personality[0].mode` is told as `personality.0.mode`. */
export function unknownMember(path: string, { request }: Operation): Note {
  const root = `${request?.root}.`;
  const below = path.startsWith(root) ? path.slice(root.length) : path;
  return dropped(below.replace(/\[(\d+)\]/g, '.$1'), 'no such member is known');
}
