import { pythonLength } from '../python/length.ts';
import { repr } from '../python/repr.ts';
import { type Refusal, type Rule, accepted, refused } from './request-member.ts';

/** Checks a string; returns undefined, or the reason in the validator's words. */
export type TextCheck = (text: string) => string | undefined;

/** Accept a string that passes every check; report the first that fails. */
export function stringRule(...checks: readonly TextCheck[]): Rule<string> {
  return (value, path) => {
    if (typeof value !== 'string') return refused(path, value, `${repr(value)} is not of type 'string'`);
    const reason = checks.map((check) => check(value)).find((found) => found !== undefined);
    return reason === undefined ? accepted(value) : refused(path, value, reason);
  };
}

/** Require a minimum of characters, counted as code points. */
export function atLeast(minimum: number): TextCheck {
  return (given) => (pythonLength(given) < minimum ? `${repr(given)} is too short` : undefined);
}

/** Require a maximum of characters, counted as code points. */
export function atMost(maximum: number): TextCheck {
  return (given) => (pythonLength(given) > maximum ? `${repr(given)} is too long` : undefined);
}

/** Require a named format of JSON Schema. */
export function format(name: string, holds: (text: string) => boolean): TextCheck {
  return (given) => (holds(given) ? undefined : `${repr(given)} is not a ${repr(name)}`);
}

/** Require a match of a regular expression; `spelling` is the form that Nova quotes. */
export function matchesPattern(expression: RegExp, spelling: string): TextCheck {
  return (given) => (expression.test(given) ? undefined : `${repr(given)} does not match '${spelling}'`);
}

/** Accept one of the given strings. */
export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Rule<Choice> {
  return (value, path, scope) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return accepted(choice);
    const result = stringRule()(value, path, scope);
    return result.kind === 'refused' ? result : refused(path, value, `${repr(value)} is not one of ${repr(choices)}`);
  };
}

/** Accepts a boolean or one of the strings that Nova reads as one. */
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

/** Accept null, or a value of a JSON type that passes a rule. */
export function nullOr<T>(type: 'string' | 'array', rule: Rule<T>): Rule<T | null> {
  return (value, path, scope) => {
    if (value === null) return accepted(null);
    const actual = Array.isArray(value) ? 'array' : typeof value;
    if (actual !== type) return refused(path, value, `${repr(value)} is not of type '${type}', 'null'`);
    return rule(value, path, scope);
  };
}

/** Accept null, or a value that passes a rule; hide the reason, as Nova's `oneOf` schemas do. */
export function eitherNullOr<T>(rule: Rule<T>): Rule<T | null> {
  return (value, path, scope) => {
    if (value === null) return accepted(null);
    const result = rule(value, path, scope);
    if (result.kind === 'accepted') return result;
    return refused(path, value, `${repr(value)} is not valid under any of the given schemas`);
  };
}

/** Accept an array whose items pass a rule; refusals of an item are reported under its index. */
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
      const result = rule(item, [...path, String(index)], scope);
      if (result.kind === 'accepted') items.push(result.value);
      else refusals.push(...result.refusals);
    }
    return refusals.length === 0 ? accepted(items) : { kind: 'refused', refusals };
  };
}
