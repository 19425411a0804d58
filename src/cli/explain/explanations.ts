import { faultReasons } from '../../fault-reasons.ts';
import { needPartsOf, needReasons } from '../../need-reasons.ts';
import { noteOutcomes } from '../../upstream/note-outcomes.ts';

/** The explanation of a reason. */
export type Explanation = NeedExplanation | FaultExplanation | NoteExplanation;

/** A reason for which a caller needs the gateway: `needs` of a log line. */
interface NeedExplanation {
  readonly kind: 'need';
  readonly name: string;
  /** The member or resource that the question named. */
  readonly about?: string;
  readonly breaks: boolean;
  readonly meaning: string;
  readonly cure: string;
  readonly before: string;
  readonly after: string;
}

/** A reason for which a request was refused or failed: `fault` of a log line. */
interface FaultExplanation {
  readonly kind: 'fault';
  readonly name: string;
  readonly meaning: string;
  readonly action: string;
}

/** A change of a member, as `Gateway-Translation` and `notes` of a log line name it. */
interface NoteExplanation {
  readonly kind: 'note';
  readonly name: string;
  readonly meaning: string;
  readonly cure: string;
}

/** All explanations: needs, faults, notes. A name may have two, such as `dropped`, which is a need and a note. */
export const explanations: readonly Explanation[] = [
  ...Object.entries(needReasons).map(([name, { breaks, without, cure, before, after }]): NeedExplanation => ({
    kind: 'need',
    name,
    breaks,
    meaning: without,
    cure,
    before,
    after,
  })),
  ...Object.entries(faultReasons).map(([name, { meaning, action }]): FaultExplanation => ({
    kind: 'fault',
    name,
    meaning,
    action,
  })),
  ...Object.entries(noteOutcomes).map(([name, { meaning, cure }]): NoteExplanation => ({
    kind: 'note',
    name,
    meaning,
    cure,
  })),
];

/**
 * Find the explanations of a text as logs, reports and header fields have it: a need with its member (`spelling:name`), a note
 * (`name;dropped`, `user_data;mapped="x"`), or a name alone.
 */
export function explanationsOf(text: string): readonly Explanation[] {
  const need = needPartsOf(text);
  if (need !== undefined)
    return explanations
      .filter(({ kind, name }) => kind === 'need' && name === need.kind)
      .map((found) => (need.about === undefined ? found : { ...found, about: need.about }));
  const [, outcome] = /;\s*([a-z]+)(?:=.*)?$/s.exec(text) ?? [];
  if (outcome !== undefined) return explanations.filter(({ kind, name }) => kind === 'note' && name === outcome);
  const name = text.replace(/:.*$/s, '');
  return explanations.filter((each) => each.name === name);
}
