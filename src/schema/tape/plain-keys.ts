import { isSame } from './byte-output.ts';
import { behindAt, endAt, literalRow, rowWidth, startAt } from './rows.ts';
import type { Tape } from './tape.ts';

/** The largest number of keys that are compared with each other; a map of more is parsed. */
const mostKeys = 16;

const zero = 0x30;
const nine = 0x39;

/**
 * Check that the keys of an object are literal, that none occurs twice, and that none is a number: JavaScript moves numbers to the
 * start of an object, and keeps the place of the first of two equal keys with the value of the last.
 */
export function arePlainKeys({ rows, bytes, view }: Tape, row: number): boolean {
  const behind = rows[row + behindAt] ?? 0;
  let count = 0;
  for (let at = row + rowWidth; at < behind; at = rows[at + rowWidth + behindAt] ?? 0) {
    const start = rows[at + startAt] ?? 0;
    const end = rows[at + endAt] ?? 0;
    count += 1;
    if (count > mostKeys || rows[at] !== literalRow || isNumber(bytes, start, end)) return false;
    for (let other = row + rowWidth; other < at; other = rows[other + rowWidth + behindAt] ?? 0)
      if (isSameText(view, rows[other + startAt] ?? 0, rows[other + endAt] ?? 0, start, end)) return false;
  }
  return true;
}

/** Check that a key has digits only. */
function isNumber(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < zero || byte > nine) return false;
  }
  return end > start;
}

function isSameText(view: DataView, start: number, end: number, from: number, to: number): boolean {
  return end - start === to - from && isSame(view, start, view, from, to - from);
}
