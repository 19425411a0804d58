import type { ServerResponse } from 'node:http';
import type { Note } from '../../upstream/note.ts';

/**
 * Write the notes of an exchange into its answer: `Gateway-Translation`, a structured field (RFC 9651) with one item for
 * each member, and one `Warning: 299` for each, as Kubernetes sends for dropped fields.
 * @param most the number of notes that are written; one more item counts the rest
 */
export function setNoteHeaders(response: ServerResponse, notes: readonly Note[], most: number): void {
  if (notes.length === 0) return;
  const shown = notes.slice(0, most);
  const rest = notes.length - shown.length;
  const items = shown.map(
    ({ member, outcome, to }) => `${item(member)};${outcome}${to === undefined ? '' : `="${to}"`}`,
  );
  const warnings = shown.map(({ text }) => warning(text));
  response.setHeader('Gateway-Translation', [...items, ...(rest > 0 ? [`more;count=${rest}`] : [])].join(', '));
  response.setHeader('Warning', [
    ...warnings,
    ...(rest > 0 ? [warning(`${rest} more members were changed or dropped`)] : []),
  ]);
}

/** Format a name as a token if possible, else as a string, else as a display string (RFC 9651). */
function item(name: string): string {
  if (/^[A-Za-z*][\w!#$%&'*+.^`|~:/-]*$/.test(name)) return name;
  if (/^[\x20-\x7e]*$/.test(name)) return quote(name);
  const encoded = [...Buffer.from(name)].map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x25
      ? `%${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  );
  return `%"${encoded.join('')}"`;
}

function warning(text: string): string {
  return `299 - ${quote(text.replace(/[^\x20-\x7e]/g, '?'))}`;
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
