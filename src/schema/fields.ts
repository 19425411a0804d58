/** The members of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Check that a JSON value is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
