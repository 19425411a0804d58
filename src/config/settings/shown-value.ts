import type { Setting, ValueSchema } from './forms.ts';

/** Longest part of a value that a message repeats: enough to recognise it. */
const mostShown = 200;

/**
 * Format a value for a message. The parts of a URL that may be secret are hidden, the text of a PEM file, such as a private key
 * that was given instead of its path, and what an array or object holds, because a secret may stand where it does not belong.
 */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  const hidden = value
    .replace(/\/\/.*@/s, '//***@')
    .replace(/\?.*$/s, '?***')
    .replace(/-----BEGIN .*$/s, '-----BEGIN ***');
  return JSON.stringify(hidden.length > mostShown ? `${hidden.slice(0, mostShown)}…` : hidden);
}

/**
 * Format the value of a setting for a message. Of a secret only its words are shown, such as `off`, and the host of a URL:
 * a value that the setting does not allow may be anything.
 */
export function showValue({ isSecret, isHarmless, schema, parse }: Setting, value: unknown): string {
  if (isSecret !== true || isWord(schema, value)) return show(value);
  if (typeof value === 'string' && isHarmless?.(value) === true) return show(value);
  const isUrl = typeof value === 'string' && parse(value) !== undefined && value.includes('://');
  return isUrl ? show(value) : '"***"';
}

function isWord(schema: ValueSchema, value: unknown): boolean {
  if ('anyOf' in schema) return schema.anyOf.some((each) => isWord(each, value));
  return schema.type === 'string' && typeof value === 'string' && schema.enum?.includes(value) === true;
}
