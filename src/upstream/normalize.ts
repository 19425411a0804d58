import type { Fields } from '../schema/fields.ts';
import { dropped, type Note } from './note.ts';
import type { Plan, Step } from './plan.ts';

/** The content of the modern body, undefined for none, and what was done to the caller's. */
export interface Normalized {
  readonly content: unknown;
  readonly notes: readonly Note[];
}

/**
 * The modern form of a request, by its plan.
 * @param present the resource as the cloud shows it, where the plan carries something
 * @throws {Fault} 413, 400 or 409 where something cannot be carried after all
 */
export function normalize(plan: Plan, present: Fields): Normalized {
  if (!plan.hasMembers) return { content: plan.whole, notes: [] };
  const notes: Note[] = [];
  const content = new Map<string, unknown>();
  for (const step of plan.steps) {
    const value = apply(step, notes);
    if (value !== undefined) content.set(step.member, value);
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
  notes.push(...plan.left);
  return { content: Object.fromEntries(content), notes };
}

/** What stays in the member's own place. */
function apply({ member, value, treatment }: Step, notes: Note[]): unknown {
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
