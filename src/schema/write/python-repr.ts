import { digitsOf } from '../exact-json.ts';
import { isFields } from '../fields.ts';

/** The deepest nesting of containers that is printed; Python prints `[...]` for a list that it does not print. */
const deepest = 64;

/** The range of Python's int on a 64-bit machine; the repr of a number beyond it ends in L. */
const mostInt = 2n ** 63n - 1n;
const leastInt = -(2n ** 63n);

/**
 * Print a JSON value as Python 2's repr() printed it after json.loads(), like legacy Nova's templates: `[{u'a': None}]`. The
 * members of an object stay in the order of the document, because the order of Python's dict was arbitrary.
 */
export function pythonRepr(value: unknown, left: number = deepest): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return textRepr(value);
  const digits = digitsOf(value);
  if (digits !== undefined) return numberRepr(digits);
  if (Array.isArray(value)) {
    return left === 0 ? '[...]' : `[${value.map((item) => pythonRepr(item, left - 1)).join(', ')}]`;
  }
  if (!isFields(value) || left === 0) return '{...}';
  const members = Object.entries(value).map(([key, item]) => `${textRepr(key)}: ${pythonRepr(item, left - 1)}`);
  return `{${members.join(', ')}}`;
}

/** Print an integer with the L of Python's long, and a float without an exponent that Python would not write. */
function numberRepr(digits: string): string {
  if (/^-?\d+$/.test(digits)) {
    const whole = BigInt(digits);
    const plain = digits === '-0' ? '0' : digits;
    return whole > mostInt || whole < leastInt ? `${plain}L` : plain;
  }
  return /e/i.test(digits) ? floatRepr(Number(digits)) : digits;
}

/** Print a float: Python writes an exponent below 1e-4 and from 1e16 on, of two digits at least. */
function floatRepr(number: number): string {
  if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf';
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return number.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = String(number);
  return text.includes('.') ? text : `${text}.0`;
}

/** Print a text as Python does: in ASCII, in single quotes unless it has these only. */
function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[^ -~]|['\\]/gu, (character) => {
    if (character === quote || character === '\\') return `\\${character}`;
    return character === "'" ? character : escapeOf(character);
  });
  return `u${quote}${escaped}${quote}`;
}

const named: ReadonlyMap<string, string> = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hexadecimal = code.toString(16);
  if (code < 0x100) return named.get(character) ?? `\\x${hexadecimal.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hexadecimal.padStart(4, '0')}` : `\\U${hexadecimal.padStart(8, '0')}`;
}
