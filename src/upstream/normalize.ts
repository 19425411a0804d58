import type { Fields } from '../schema/fields.ts';
import { dropped, ineffective, type Note } from './note.ts';
import type { Plan, PlannedMember } from './plan.ts';
import type { Carry } from './profile.ts';

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
  const joined = new Set(plan.carried.map(({ treatment }) => treatment.to));
  for (const planned of plan.direct) {
    const value = apply(planned, notes, joined);
    if (value !== undefined) content.set(planned.member, value);
  }
  for (const { member, value, treatment } of plan.carried) {
    const { to, how } = treatment;
    const isUnseen = !content.has(to) && isHidden(treatment, present);
    content.set(
      to,
      treatment.carry(value, {
        given: content.get(to),
        present: treatment.present === undefined ? undefined : present[treatment.present],
        at: `${plan.root}.${to}`,
      }),
    );
    notes.push({ member, outcome: 'mapped', to, text: `${member} was mapped to ${to}: ${how}` });
    if (isUnseen) notes.push({ member: to, outcome: 'replaced', text: `${to} of the server was replaced: ${hidden}` });
  }
  notes.push(...plan.omitted);
  return { content: Object.fromEntries(content), notes };
}

const hidden = 'the cloud does not show its present value to this caller, so nothing of it is kept';

/** Check that the cloud hides the present value that a member is joined to. It shows a resource without a value as null. */
function isHidden({ present: name }: Carry, present: Fields): boolean {
  return name !== undefined && present[name] !== null && typeof present[name] !== 'string';
}

/**
 * Compute the value that is sent in the member's own place, and add the note on a change.
 * @param joined the members that others are joined to, which are checked when they have been joined
 */
function apply({ member, value, treatment }: PlannedMember, notes: Note[], joined: ReadonlySet<string>): unknown {
  switch (treatment.kind) {
    case 'forward':
      if (!joined.has(member)) treatment.check?.(value);
      return value;
    case 'ineffective':
      notes.push(ineffective(member, treatment.because));
      return value;
    case 'drop':
      if (treatment.ifEmpty === true && value !== '' && value !== null) return value;
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
