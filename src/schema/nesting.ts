import { deepestNesting } from '../xml/nesting.ts';

/** Whether a JSON value nests deeper than any XML may; what does is read by no one, since reading it takes a stack. */
export function isTooDeep(value: unknown, left: number = deepestNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((content) => isTooDeep(content, left - 1));
}
