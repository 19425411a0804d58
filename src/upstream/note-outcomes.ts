import type { Note } from './note.ts';

/** A change of a member, described for people. */
interface NoteOutcome {
  readonly meaning: string;
  /** The change in the client that ends the notes. */
  readonly cure: string;
}

/** The meaning of each outcome of a note. */
export const noteOutcomes: Readonly<Record<Note['outcome'], NoteOutcome>> = {
  dropped: {
    meaning: 'The member was left out, because this cloud has nothing like it or refuses its value.',
    cure: 'Leave the member out; or, if its effect matters, use what this cloud has instead.',
  },
  mapped: {
    meaning: 'The content of the member was sent in another member, which the note names.',
    cure: 'Send the other member.',
  },
  rewritten: {
    meaning: 'The value was sent in another spelling, with the same meaning.',
    cure: 'Send the value as the cloud spells it.',
  },
  replaced: {
    meaning:
      'A value of the resource was replaced although the gateway could not see it: the cloud shows it to nobody or only to administrators.',
    cure: 'Send the whole value, old and new parts together; or let a caller that may see it do so.',
  },
  ineffective: {
    meaning: 'The member was sent, and this cloud accepts it without any effect.',
    cure: 'Leave the member out.',
  },
  generic: {
    meaning: 'The answer is in the generic form of XML, because no operation describes this call.',
    cure: 'Read JSON; or report the call if legacy Nova had a form of its own for it.',
  },
};
