/** A time as Nova writes those whose XML has a space: with a T, and a fraction of zero. */
const form = '0000-00-00T00:00:00.000000';
const zero = 0x30;
const nine = 0x39;

/** The length of its date, and the place and the end of its time of day. */
export const dateLength = 10;
export const dayTimeAt = 11;
export const dayTimeEnd = 19;

/** Check for such a time. */
export function isPlainTime(bytes: Buffer, start: number, end: number): boolean {
  if (end - start !== form.length) return false;
  for (let at = 0; at < form.length; at += 1) {
    const byte = bytes[start + at] ?? 0;
    const wanted = form.charCodeAt(at);
    const isAny = wanted === zero && at < dayTimeEnd;
    if (isAny ? byte < zero || byte > nine : byte !== wanted) return false;
  }
  return true;
}
