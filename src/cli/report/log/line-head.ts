const head = Buffer.from('{"timestamp":"');
const exchange = Buffer.from('"message":"exchange"');
const info = Buffer.from('"level":"info"');
/** The length of a time with the quote and the comma behind it. */
const timeLength = 26;
const message = Buffer.from('"message":"');
const needless = Buffer.from('"needs":[]}');
const dayLength = 10;
/** The place of `message` behind the head: a time of 24 characters, and a level. */
const farthestMessage = 64;

/** The quick look at the bytes of a line as the gateway writes it. Lines of another form are left to the parser. */
export class LineHead {
  #dayBytes = Buffer.alloc(dayLength);
  #day = 0;

  /**
   * Return the day of the line, of level info, of an exchange that needed nothing; undefined for any other line. Quotes within texts have a
   * backslash before them, so that no text of a caller can look like these members.
   */
  dayOfNeedless(bytes: Buffer, start: number, end: number): number | undefined {
    if (!isAt(bytes, needless, end - needless.length, start) || !isAt(bytes, head, start, start)) return undefined;
    if (!isAt(bytes, info, start + head.length + timeLength, start)) return undefined;
    const at = messageAt(bytes, start, end);
    if (at === -1 || !isAt(bytes, exchange, at, start)) return undefined;
    return this.#dayAt(bytes, start + head.length);
  }

  /** Check that a line is one of the gateway, but of no exchange. */
  isOfOther(bytes: Buffer, start: number, end: number): boolean {
    if (!isAt(bytes, head, start, start)) return false;
    const at = messageAt(bytes, start, end);
    return at !== -1 && !isAt(bytes, exchange, at, start);
  }

  /** Read the day; most lines have that of the line before. */
  #dayAt(bytes: Buffer, at: number): number | undefined {
    if (bytes.compare(this.#dayBytes, 0, dayLength, at, at + dayLength) === 0) return this.#day;
    const day = Date.parse(bytes.toString('latin1', at, at + dayLength)) / 86_400_000;
    if (!Number.isInteger(day)) return undefined;
    bytes.copy(this.#dayBytes, 0, at, at + dayLength);
    this.#day = day;
    return day;
  }
}

/** Find the kind of a line of the gateway; -1 if it is not where the gateway writes it. */
function messageAt(bytes: Buffer, start: number, end: number): number {
  const at = bytes.subarray(start, Math.min(end, start + head.length + farthestMessage)).indexOf(message);
  return at === -1 ? -1 : start + at;
}

function isAt(bytes: Buffer, wanted: Buffer, at: number, least: number): boolean {
  return (
    at >= least &&
    at + wanted.length <= bytes.length &&
    bytes.compare(wanted, 0, wanted.length, at, at + wanted.length) === 0
  );
}
