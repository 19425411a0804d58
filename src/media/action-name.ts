import { Fault } from '../fault.ts';
import { isFields } from '../schema/fields.ts';

/**
 * Name the action of a JSON body: its only member. Legacy Nova judged any other body by Python's len(): a length of 1, or a
 * value without a length, was not found (404); any other length was malformed (400).
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

/** Count as Python's len() does: code points of a text, items of an array; undefined for a value without a length. */
function pythonLength(value: unknown): number | undefined {
  return typeof value === 'string' || Array.isArray(value) ? Array.from(value).length : undefined;
}
