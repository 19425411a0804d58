import { deepestNesting } from '../xml/nesting.ts';

/** Whether a JSON value nests deeper than any XML may: deeper values are refused, since readers recurse. */
export function isTooDeep(value: unknown, left: number = deepestNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((content) => isTooDeep(content, left - 1));
}
