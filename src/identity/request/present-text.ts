/** Return a text; undefined for null, an empty text, and an absent member. */
export function presentText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
