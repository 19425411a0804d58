import { Fault } from '../../fault.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { perMessage } from '../../schema/per-message.ts';
import { jsonReader } from '../../schema/read/read-json.ts';
import type { Message } from '../../schema/shapes.ts';
import { dropped, type Note } from '../../upstream/note.ts';
import { refusedMember } from '../faults/refusals.ts';
import { isMalformed } from '../messages/expecting.ts';

/** The end of the sentence on a member that nothing describes. */
export const unknownMemberReason = 'no such member is known';

/** The members of a message, and the notes on those that nothing describes. */
export interface ReadMessage {
  readonly given: Fields;
  readonly notes: readonly Note[];
}

const readerOf = perMessage(({ content }) => jsonReader(content));

/** Read a content by its description. @throws {Fault} 400, in legacy Keystone's words for a missing member */
export function readMessage(message: Message, content: unknown): ReadMessage {
  const unknown: string[] = [];
  const reading = { limits: new Map(), unknown, passedOver: [], keepUnknown: false };
  try {
    const value = readerOf(message)(isFields(content) ? content : {}, message.root, reading);
    return { given: isFields(value) ? value : {}, notes: unknown.map((path) => dropped(path, unknownMemberReason)) };
  } catch (error) {
    if (error instanceof Fault && error.member !== undefined) throw inOwnWords(error, error.member);
    throw error;
  }
}

/** Word the fault of a member as legacy Keystone did: without a path where it had a sentence of its own. */
function inOwnWords(fault: Fault, path: string): Fault {
  const rule = fault.message.slice(`${path}: `.length);
  return refusedMember(path, rule.startsWith('Expecting') ? rule : `${path} ${rule} ${isMalformed}`);
}
