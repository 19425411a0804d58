import { deepestNesting } from '../xml/nesting.ts';
import type { Fields } from './fields.ts';

/** Check that a JSON value nests deeper than XML may. Such values are refused, because readers and writers recurse. */
export function isTooDeep(value: unknown, left: number = deepestNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isTooDeep(item, left - 1));
  // Parsed JSON has own members only, and a loop over them costs less than a list of them.
  for (const key in value) if (isTooDeep((value as Fields)[key], left - 1)) return true;
  return false;
}
