import { KeyTable } from './key-table.ts';
import { absent, arrayRow, behindAt, endAt, escapedRow, isTextRow, objectRow, rowWidth, startAt } from './rows.ts';
import type { Tape } from './tape.ts';

/** Check that the JSON key of a list is one of a list of links: `links`, or `servers_links` for the next page. */
export function isLinkList(key: string): boolean {
  return key === 'links' || key.endsWith('_links');
}

/** The last letter of such keys. */
const last = 0x73;

/** Check the same of a key on a tape. Few keys end in an s, and making a text of each takes longer than printing its value. */
export function isLinkKey({ rows, bytes }: Tape, row: number): boolean {
  const start = rows[row + startAt] ?? 0;
  const end = rows[row + endAt] ?? 0;
  return bytes[end - 1] === last && isLinkList(bytes.toString('latin1', start, end));
}

const linkKeys = new KeyTable(['rel', 'href']);

/** Find the link of a list whose relation is `self`, unconverted; undefined for none. */
export function selfLinkIn(tape: Tape, links: number): string | undefined {
  const { rows } = tape;
  if (rows[links] !== arrayRow) return undefined;
  const behind = rows[links + behindAt] ?? 0;
  for (let link = links + rowWidth; link < behind; link = rows[link + behindAt] ?? 0) {
    if (textOf(tape, link, 0) === 'self') return textOf(tape, link, 1);
  }
  return undefined;
}

/** Read the text of a member of an object; undefined for none. */
function textOf(tape: Tape, object: number, wanted: number): string | undefined {
  if (tape.rows[object] !== objectRow) return undefined;
  const found = memberRowOf(tape, object, linkKeys, wanted);
  return found !== absent && isTextRow(tape.rows[found] ?? 0) ? tape.textAt(found) : undefined;
}

/** Find the row of the relation of a link; `absent` for none. */
export function relationRowOf(tape: Tape, link: number): number {
  return memberRowOf(tape, link, linkKeys, 0);
}

const links = new KeyTable(['links']);

/** Find the row of the links of an object; `absent` for none. */
export function linksRowOf(tape: Tape, object: number): number {
  return tape.rows[object] === objectRow ? memberRowOf(tape, object, links, 0) : absent;
}

/** Find the row of a member of an object. The last of several members with one key counts. */
function memberRowOf(tape: Tape, object: number, keys: KeyTable, wanted: number): number {
  const { rows, view } = tape;
  const behind = rows[object + behindAt] ?? 0;
  let found = absent;
  for (let at = object + rowWidth; at < behind; at = rows[at + rowWidth + behindAt] ?? 0) {
    const index =
      rows[at] === escapedRow
        ? keys.indexOf(tape.textAt(at))
        : keys.find(view, rows[at + startAt] ?? 0, rows[at + endAt] ?? 0);
    if (index === wanted) found = at + rowWidth;
  }
  return found;
}
