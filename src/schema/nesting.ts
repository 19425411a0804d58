import { deepestNesting } from '../xml/nesting.ts';
import { digitsOf } from './exact-json.ts';
import type { Fields } from './fields.ts';

/**
 * Check that a JSON value nests deeper than XML may. Such values of callers are refused, and those of clouds are cut, because
 * readers and writers recurse.
 */
export function isTooDeep(value: unknown, left: number = deepestNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isTooDeep(item, left - 1));
  // Parsed JSON has own members only, and a loop over them costs less than a list of them.
  for (const key in value) if (isTooDeep((value as Fields)[key], left - 1)) return true;
  return false;
}

/** Copy a JSON value with `...`, as Python writes it, in the place of whatever nests deeper than XML may. */
export function cutDeep(value: unknown, left: number = deepestNesting): unknown {
  if (typeof value !== 'object' || value === null || digitsOf(value) !== undefined) return value;
  if (left === 0) return '...';
  if (Array.isArray(value)) return value.map((item) => cutDeep(item, left - 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cutDeep(item, left - 1)]));
}
