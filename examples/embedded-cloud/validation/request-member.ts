import { CloudFault } from '../http/cloud-fault.ts';
import { repr, str } from '../python/repr.ts';

/** What a schema depends on: the microversion 2.`minor`, and whether the request came through `/v2`. */
export interface Scope {
  readonly minor: number;
  readonly legacy: boolean;
}

/** One reason to refuse a body; of several, the shallowest is told, as Nova's validator does. */
export interface Refusal {
  readonly depth: number;
  readonly message: string;
}

/** The outcome of a rule. */
export type RuleResult<T> =
  | { readonly kind: 'accepted'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Checks one JSON value; `path` leads to it from the top of the body. */
export type Rule<T> = (value: unknown, path: readonly string[], scope: Scope) => RuleResult<T>;

/** A member of an object in a request, and what becomes of it in the target. */
export interface RequestMember<Target> extends MemberSpan {
  readonly name: string;
  read(value: unknown, path: readonly string[], target: Target, scope: Scope): readonly Refusal[];
}

interface MemberSpan {
  /** The first and the last microversion 2.x that have the member. */
  readonly since?: number;
  readonly until?: number;
  readonly required?: boolean;
}

/** Ties the name of a member to its rule, and to the key of the target under which an accepted value goes. */
export function member<Target, Key extends keyof Target>(
  name: string,
  rule: Rule<Target[Key]>,
  key: Key,
  span: MemberSpan = {},
): RequestMember<Target> {
  return {
    ...span,
    name,
    read(value, path, target, scope) {
      const verdict = rule(value, path, scope);
      if (verdict.kind === 'refused') return verdict.refusals;
      target[key] = verdict.value;
      return [];
    },
  };
}

/** Reads an object into a target; members that the microversion has not are refused, behind `/v2` ignored. */
export function readMembers<Target>(
  members: readonly RequestMember<Target>[],
  value: unknown,
  path: readonly string[],
  target: Target,
  scope: Scope,
): readonly Refusal[] {
  if (!isObject(value)) return [refusal(path, value, `${repr(value)} is not of type 'object'`)];
  const known = members.filter(({ since = 1, until = Infinity }) => scope.minor >= since && scope.minor <= until);
  const given = known.filter(({ name }) => Object.hasOwn(value, name));
  const missing = known.filter(({ name, required }) => required === true && !Object.hasOwn(value, name));
  const strangers = Object.keys(value).filter((name) => !known.some((other) => other.name === name));
  return [
    ...given.flatMap((one) => one.read(value[one.name], [...path, one.name], target, scope)),
    ...missing.map(({ name }) => refusal(path, value, `${repr(name)} is a required property`)),
    ...(strangers.length === 0 || scope.legacy ? [] : [refusal(path, value, unexpectedMembers(strangers))]),
  ];
}

/** Throws the 400 for the shallowest refusal, if there is one. */
export function throwRefusal(refusals: readonly Refusal[]): void {
  const [worst] = refusals.toSorted((one, other) => one.depth - other.depth);
  if (worst !== undefined) throw new CloudFault(400, worst.message);
}

/** Nova's sentence about a value; it quotes the value, secrets included. */
export function refusal(path: readonly string[], value: unknown, reason: string): Refusal {
  const message = `Invalid input for field/attribute ${path.at(-1)}. Value: ${str(value)}. ${reason}`;
  return { depth: path.length, message };
}

/** The verdict that lets a value through. */
export function accepted<T>(value: T): RuleResult<T> {
  return { kind: 'accepted', value };
}

/** The verdict that refuses a value for one reason. */
export function refused(path: readonly string[], value: unknown, reason: string): RuleResult<never> {
  return { kind: 'refused', refusals: [refusal(path, value, reason)] };
}

/** The validator's sentence about members that should not be there. */
export function unexpectedMembers(names: readonly string[]): string {
  const listed = names.toSorted().map(repr).join(', ');
  return `Additional properties are not allowed (${listed} ${names.length === 1 ? 'was' : 'were'} unexpected)`;
}

/** Whether a JSON value is an object, neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
