/** The answer of a modern cloud to the form in which a caller wrote something, without the gateway. */
export type CloudVerdict = 'works' | 'ignored' | 'refused';

/** The verdicts by the path of the caller. Nova relaxes rules on v2; v1.1 exists nowhere, and its callers move to v2.1. */
export interface Unaided {
  readonly v2: CloudVerdict;
  readonly 'v2.1': CloudVerdict;
}

/** The form works on both paths. */
export const worksUnaided: Unaided = { v2: 'works', 'v2.1': 'works' };
/** The form is refused on both paths. */
export const refusedUnaided: Unaided = { v2: 'refused', 'v2.1': 'refused' };
/** The form is accepted without effect on both paths. */
export const ignoredUnaided: Unaided = { v2: 'ignored', 'v2.1': 'ignored' };
/** The form is refused by v2.1, and works on v2 by Nova's compatibility with the former API: names with white space around them. */
export const relaxedOnV2: Unaided = { v2: 'works', 'v2.1': 'refused' };
/** The member is refused by v2.1, and v2 leaves it out as it does any that it does not know. */
export const leftOutOnV2: Unaided = { v2: 'ignored', 'v2.1': 'refused' };

/** A form of a value that legacy Nova took, and that is not the modern one. */
export interface LegacyForm {
  /** A URL or path in the place of an id, or another spelling. */
  readonly kind: 'url-reference' | 'spelling';
  readonly unaided: Unaided;
}

/** The forms that are refused on both paths. */
export const refusedSpelling: LegacyForm = { kind: 'spelling', unaided: refusedUnaided };
export const refusedReference: LegacyForm = { kind: 'url-reference', unaided: refusedUnaided };
/** The form of a name that v2 trims itself. */
export const relaxedSpelling: LegacyForm = { kind: 'spelling', unaided: relaxedOnV2 };

/** A value that was written in a legacy form. */
export interface FoundForm {
  /** The path of the value. */
  readonly at: string;
  readonly form: LegacyForm;
}

/** The verdicts of clouds on members that are null, and on members that are `""`. They refuse those that are not listed. */
export interface EmptyMembers {
  readonly null: Readonly<Record<string, Unaided>>;
  readonly text: Readonly<Record<string, Unaided>>;
}
