import type { Fields } from '../schema/fields.ts';
import { dropped, type Note } from './note.ts';
import type { Plan, PlannedMember } from './plan.ts';

/** The content of the modern request, and the notes on its changes. */
export interface Normalized {
  /** The content; undefined for no body. */
  readonly content: unknown;
  readonly notes: readonly Note[];
}

/**
 * Make the content of the modern request from its plan.
 * @param present the current members of the resource, if the plan carries a member; else an empty object
 * @throws {Fault} 413 for a value that is too large to carry, 400 or 409 for existing values that cannot be joined
 */
export function normalize(plan: Plan, present: Fields): Normalized {
  if (!plan.hasMembers) return { content: plan.whole, notes: [] };
  const notes: Note[] = [];
  const content = new Map<string, unknown>();
  for (const planned of plan.direct) {
    const value = apply(planned, notes);
    if (value !== undefined) content.set(planned.member, value);
  }
  for (const { member, value, treatment } of plan.carried) {
    const { to, how } = treatment;
    content.set(
      to,
      treatment.carry(value, {
        given: content.get(to),
        present: treatment.present === undefined ? undefined : present[treatment.present],
        at: `${plan.root}.${to}`,
      }),
    );
    notes.push({ member, outcome: 'mapped', to, text: `${member} was mapped to ${to}: ${how}` });
  }
  notes.push(...plan.omitted);
  return { content: Object.fromEntries(content), notes };
}

/** Compute the value that is sent in the member's own place, and add the note on a change. */
function apply({ member, value, treatment }: PlannedMember, notes: Note[]): unknown {
  switch (treatment.kind) {
    case 'forward':
      return value;
    case 'drop':
      notes.push(dropped(member, treatment.because));
      return undefined;
    case 'rewrite': {
      const rewritten = treatment.rewrite(value);
      if (rewritten !== undefined && rewritten !== value) {
        notes.push({ member, outcome: 'rewritten', text: `${member} was rewritten: ${treatment.how}` });
      }
      return rewritten;
    }
    case 'carry':
      return undefined;
    default:
      return treatment satisfies never;
  }
}
