import { pythonLength } from './length.ts';
import { repr } from './repr.ts';

/** The columns that jsonschema gives a quoted schema or value. */
const WIDTH = 72;

/**
 * Print a JSON value like Python's pprint.pformat(): keys sorted, and one item a line where a value is wider than 72
 * columns. Long strings stay on one line; Python would break them between words.
 */
export function pretty(value: unknown): string {
  return printAt(sorted(value), 0, 0);
}

/** Print a value that begins in the column `indent`; `allowance` is the number of characters that follow its last line. */
function printAt(value: unknown, indent: number, allowance: number): string {
  const line = repr(value);
  if (pythonLength(line) <= WIDTH - indent - allowance || typeof value !== 'object' || value === null) return line;
  const inner = indent + 1;
  const separator = `,\n${' '.repeat(inner)}`;
  const entries = Array.isArray(value) ? value.map((item) => ['', item] as const) : Object.entries(value);
  const items = entries.map(([key, item], index) => {
    const label = Array.isArray(value) ? '' : `${repr(key)}: `;
    const after = index === entries.length - 1 ? allowance + 1 : 1;
    return label + printAt(item, inner + pythonLength(label), after);
  });
  return Array.isArray(value) ? `[${items.join(separator)}]` : `{${items.join(separator)}}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
