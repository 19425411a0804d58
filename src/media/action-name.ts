import { Fault } from '../fault.ts';
import { isFields } from '../schema/fields.ts';

/**
 * Find the name of the action in a JSON body: its only member. For any other body the fault is legacy Nova's, which depended
 * on Python's len(): 404 for a length of 1 or a value without a length, 400 for any other length.
 * @throws {Fault} 404 or 400
 */
export function actionNameOf(value: unknown): string {
  const names = isFields(value) ? Object.keys(value) : [];
  const [name] = names;
  const length = isFields(value) ? names.length : pythonLength(value);
  if (name !== undefined && length === 1) return name;
  if (length === undefined || length === 1) throw new Fault(404, undefined, { reason: 'no-action' });
  throw Fault.malformed();
}

/** Count as Python's len(): the code points of a text, the items of an array; undefined for any other value. */
function pythonLength(value: unknown): number | undefined {
  return typeof value === 'string' || Array.isArray(value) ? Array.from(value).length : undefined;
}
