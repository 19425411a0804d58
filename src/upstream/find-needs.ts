import type { Need } from '../need-reasons.ts';
import type { FoundForm, Unaided } from '../schema/unaided.ts';
import { base, type Microversion } from './microversion.ts';
import type { Plan, PlannedMember } from './plan.ts';

/** The request of a caller, as far as it decides what the cloud would have done with it. */
export interface CallersRequest {
  readonly plan: Plan;
  /** The values in legacy forms; undefined for none. */
  readonly forms: readonly FoundForm[] | undefined;
  /** The path of the caller, for verdicts. */
  readonly path: keyof Unaided;
  /** The microversion that the caller asked for; undefined for none. */
  readonly asked: Microversion | undefined;
}

/**
 * Find the reasons for which the cloud would have refused the members of the caller's own request, or left them without effect. They
 * come from the verdicts of the tables that translate: the formats, the kinds of scalars, and the treatments of the profile.
 * @param add receives each reason, perhaps several times
 */
export function findNeeds({ plan, forms, path, asked }: CallersRequest, add: (need: Need) => void): void {
  for (const planned of plan.direct) addNeedOf(planned, path, asked, add);
  for (const { member, treatment } of plan.carried) if (treatment.unaided[path] !== 'works') add(`mapped:${member}`);
  for (const { member, treatment } of plan.emptied) if (treatment.unaided[path] === 'refused') add(`dropped:${member}`);
  for (const { at, form } of forms ?? []) {
    const member = memberAt(at, plan.root);
    if (form.unaided[path] !== 'refused' || isDropped(member, plan)) continue;
    add(form.kind === 'url-reference' ? 'url-reference' : `spelling:${member}`);
  }
}

function addNeedOf(
  { member, value, treatment }: PlannedMember,
  path: keyof Unaided,
  asked: Microversion | undefined,
  add: (need: Need) => void,
): void {
  switch (treatment.kind) {
    case 'forward':
      // A caller who asks for an earlier one gets the refusal of the cloud.
      if (treatment.since !== undefined && treatment.since > base && asked === undefined) add(`microversion:${member}`);
      return;
    case 'drop':
      if (treatment.ifEmpty === true && value !== '' && value !== null) return;
      if (treatment.unaided[path] === 'refused') add(`dropped:${member}`);
      return;
    case 'rewrite':
      if (treatment.unaided[path] === 'refused' && treatment.rewrite(value) !== value) add(`spelling:${member}`);
      return;
    case 'ineffective':
    case 'carry':
      return;
    default:
      treatment satisfies never;
  }
}

/** Check that a member is dropped whatever its value is: then its spelling does not matter. */
function isDropped(member: string, { direct }: Plan): boolean {
  return direct.some(
    (planned) => planned.member === member && planned.treatment.kind === 'drop' && planned.treatment.ifEmpty !== true,
  );
}

/** Find the member of a message that a path belongs to; the root for the content itself. */
function memberAt(at: string, root: string): string {
  const from = at.startsWith(root) && at.charAt(root.length) === '.' ? root.length + 1 : 0;
  let to = from;
  while (to < at.length && at.charAt(to) !== '.' && at.charAt(to) !== '[') to += 1;
  return to === from ? root : at.slice(from, to);
}
