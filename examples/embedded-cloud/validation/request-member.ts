import { CloudFault } from '../http/cloud-fault.ts';
import { repr, str } from '../python/repr.ts';

/** The conditions of a schema: the microversion 2.`minor`, and if the request came through `/v2`. */
export interface Scope {
  readonly minor: number;
  readonly legacy: boolean;
}

/** A reason to refuse a body; Nova's validator reports the one with the least depth. */
export interface Refusal {
  readonly depth: number;
  readonly message: string;
}

/** The accepted value, or the reasons of a refusal. */
export type RuleResult<T> =
  | { readonly kind: 'accepted'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Checks one JSON value; `path` is its place in the body. */
export type Rule<T> = (value: unknown, path: readonly string[], scope: Scope) => RuleResult<T>;

/** A member of an object in a request, read into a target. */
export interface RequestMember<Target> extends MemberSpan {
  readonly name: string;
  read(value: unknown, path: readonly string[], target: Target, scope: Scope): readonly Refusal[];
}

interface MemberSpan {
  /** The first and last microversion 2.x with the member. */
  readonly since?: number;
  readonly until?: number;
  readonly required?: boolean;
}

/** Describe a member by its name, its rule, and the key of the target that receives an accepted value. */
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
      const result = rule(value, path, scope);
      if (result.kind === 'refused') return result.refusals;
      target[key] = result.value;
      return [];
    },
  };
}

/** Read an object into a target; members unknown to the microversion are refused, behind `/v2` ignored. */
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
  const unknown = Object.keys(value).filter((name) => !known.some((other) => other.name === name));
  return [
    ...given.flatMap((one) => one.read(value[one.name], [...path, one.name], target, scope)),
    ...missing.map(({ name }) => refusal(path, value, `${repr(name)} is a required property`)),
    ...(unknown.length === 0 || scope.legacy ? [] : [refusal(path, value, unexpectedMembers(unknown))]),
  ];
}

/** Throw the 400 for the refusal with the least depth, if there is one. */
export function throwRefusal(refusals: readonly Refusal[]): void {
  const [worst] = refusals.toSorted((one, other) => one.depth - other.depth);
  if (worst !== undefined) throw new CloudFault(400, worst.message);
}

/** Create a refusal in Nova's words, which quote the value, including secrets, unless it is the whole body. */
export function refusal(path: readonly string[], value: unknown, reason: string): Refusal {
  const field = path.at(-1);
  const place = field === undefined ? '' : `Invalid input for field/attribute ${field}. Value: ${str(value)}. `;
  return { depth: path.length, message: place + reason };
}

/** Create the result for a valid value. */
export function accepted<T>(value: T): RuleResult<T> {
  return { kind: 'accepted', value };
}

/** Create the result for a value that is refused for one reason. */
export function refused(path: readonly string[], value: unknown, reason: string): RuleResult<never> {
  return { kind: 'refused', refusals: [refusal(path, value, reason)] };
}

/** Print the reason of Nova's validator for unknown members. */
export function unexpectedMembers(names: readonly string[]): string {
  const listed = names.toSorted().map(repr).join(', ');
  return `Additional properties are not allowed (${listed} ${names.length === 1 ? 'was' : 'were'} unexpected)`;
}

/** Test if a JSON value is an object, neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
