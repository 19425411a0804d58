import { deepestNesting } from '../xml/nesting.ts';
import type { Fields } from './fields.ts';

/** Whether a JSON value nests deeper than any XML may: deeper values are refused, since readers recurse. */
export function isTooDeep(value: unknown, left: number = deepestNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isTooDeep(item, left - 1));
  // What was parsed has no members but its own, and a loop over them costs less than a list of them.
  for (const key in value) if (isTooDeep((value as Fields)[key], left - 1)) return true;
  return false;
}
