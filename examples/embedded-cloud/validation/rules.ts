import { type Refusal, type Rule, accepted, refused } from './request-member.ts';
import { pythonLength } from '../python/length.ts';
import { repr } from '../python/repr.ts';

/** A condition on a string: undefined when it holds, else the validator's reason. */
export type TextCheck = (text: string) => string | undefined;

/** A string that passes every check, the first failure being the one that is told. */
export function stringRule(...checks: readonly TextCheck[]): Rule<string> {
  return (value, path) => {
    if (typeof value !== 'string') return refused(path, value, `${repr(value)} is not of type 'string'`);
    const reason = checks.map((check) => check(value)).find((found) => found !== undefined);
    return reason === undefined ? accepted(value) : refused(path, value, reason);
  };
}

/** At least so many characters, not UTF-16 units. */
export function atLeast(minimum: number): TextCheck {
  return (given) => (pythonLength(given) < minimum ? `${repr(given)} is too short` : undefined);
}

/** At most so many characters, not UTF-16 units. */
export function atMost(maximum: number): TextCheck {
  return (given) => (pythonLength(given) > maximum ? `${repr(given)} is too long` : undefined);
}

/** A named format of the schema. */
export function format(name: string, holds: (text: string) => boolean): TextCheck {
  return (given) => (holds(given) ? undefined : `${repr(given)} is not a ${repr(name)}`);
}

/** A regular expression; `spelling` is how Nova writes it in the reason. */
export function matchesPattern(expression: RegExp, spelling: string): TextCheck {
  return (given) => (expression.test(given) ? undefined : `${repr(given)} does not match '${spelling}'`);
}

/** One of a few strings, exactly. */
export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Rule<Choice> {
  return (value, path, scope) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return accepted(choice);
    const verdict = stringRule()(value, path, scope);
    return verdict.kind === 'refused' ? verdict : refused(path, value, `${repr(value)} is not one of ${repr(choices)}`);
  };
}

/** A boolean or one of the strings that Nova takes for one. */
export const booleanLike: Rule<boolean> = (value, path) => {
  if (typeof value !== 'boolean' && typeof value !== 'string') {
    return refused(path, value, `${repr(value)} is not of type 'boolean', 'string'`);
  }
  if (TRUE.includes(value)) return accepted(true);
  if (FALSE.includes(value)) return accepted(false);
  return refused(path, value, `${repr(value)} is not one of ${repr([...TRUE, ...FALSE])}`);
};

const TRUE: readonly (boolean | string)[] = [true, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes'];
const FALSE: readonly (boolean | string)[] = [
  false,
  'False',
  'FALSE',
  'false',
  '0',
  'OFF',
  'Off',
  'off',
  'NO',
  'No',
  'no',
];

/** Null or a value of a JSON type that a rule accepts. */
export function nullOr<T>(type: 'string' | 'array', rule: Rule<T>): Rule<T | null> {
  return (value, path, scope) => {
    if (value === null) return accepted(null);
    const actual = Array.isArray(value) ? 'array' : typeof value;
    if (actual !== type) return refused(path, value, `${repr(value)} is not of type '${type}', 'null'`);
    return rule(value, path, scope);
  };
}

/** Null or what a rule accepts, where the schema has a choice of two and tells no reason. */
export function eitherNullOr<T>(rule: Rule<T>): Rule<T | null> {
  return (value, path, scope) => {
    if (value === null) return accepted(null);
    const verdict = rule(value, path, scope);
    if (verdict.kind === 'accepted') return verdict;
    return refused(path, value, `${repr(value)} is not valid under any of the given schemas`);
  };
}

/** An array whose items pass a rule; their refusals are told one level deeper, under the index. */
export function listRule<T>(
  rule: Rule<T>,
  whole: (items: readonly unknown[]) => string | undefined,
): Rule<readonly T[]> {
  return (value, path, scope) => {
    if (!Array.isArray(value)) return refused(path, value, `${repr(value)} is not of type 'array'`);
    const reason = whole(value);
    if (reason !== undefined) return refused(path, value, reason);
    const items: T[] = [];
    const refusals: Refusal[] = [];
    for (const [index, item] of value.entries()) {
      const verdict = rule(item, [...path, String(index)], scope);
      if (verdict.kind === 'accepted') items.push(verdict.value);
      else refusals.push(...verdict.refusals);
    }
    return refusals.length === 0 ? accepted(items) : { kind: 'refused', refusals };
  };
}
