import { digitsOf } from '../../schema/exact-json.ts';
import { isFields } from '../../schema/fields.ts';

const notPrintable = /[\u007F-\uFFFF]/g;

/**
 * Print a JSON value as json.dumps of Python 2.7 did: a space behind each comma and colon, and `\uXXXX` for each UTF-16 code unit
 * outside of printable ASCII. One client reads the text by an expression, spaces included.
 */
export function pythonJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (!isFields(value) || digitsOf(value) !== undefined) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${quoted(key)}: ${pythonJson(member)}`).join(', ')}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(notPrintable, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
