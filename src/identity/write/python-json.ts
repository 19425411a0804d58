import { digitsOf } from '../../schema/exact-json.ts';
import { isFields } from '../../schema/fields.ts';

const notPrintable = /[\u007F-\uFFFF]+/g;

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

/** Texts that are printed as they are: most of them. */
const plain = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(notPrintable, escaped);
}

/** Escape a run of characters at once: a call for each would take four times as long. */
function escaped(run: string): string {
  let text = '';
  for (let at = 0; at < run.length; at += 1) text += `\\u${(0x1_00_00 + run.charCodeAt(at)).toString(16).slice(1)}`;
  return text;
}
