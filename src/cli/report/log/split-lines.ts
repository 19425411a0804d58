const lineFeed = 0x0a;
/** The longest line that is read, in bytes. A longer one is none of a gateway, whose lines have a limit for each field. */
const longestLine = 1_048_576;

/** Handle a line: the bytes from `start` to `end`, without the line feed. */
export type LineReader = (bytes: Buffer, start: number, end: number) => void;

/** The splitter of a stream of bytes into lines, in constant memory: no line is copied, unless two chunks share it. */
export class LineSplitter {
  readonly #read: LineReader;
  #rest: Buffer[] = [];
  #restBytes = 0;

  /** The number of lines that were longer than the limit, which are left out. */
  tooLong = 0;

  constructor(read: LineReader) {
    this.#read = read;
  }

  add(chunk: Buffer): void {
    let start = 0;
    let end = chunk.indexOf(lineFeed);
    if (this.#restBytes > 0 && end !== -1) {
      this.#hold(chunk.subarray(0, end));
      this.finish();
      start = end + 1;
      end = chunk.indexOf(lineFeed, start);
    }
    for (; end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.#read(chunk, start, end);
      start = end + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  /** Read what is left as a line: at the end, a line without a line feed. */
  finish(): void {
    if (this.#restBytes > longestLine) this.tooLong += 1;
    else if (this.#restBytes > 0) {
      const line = Buffer.concat(this.#rest);
      this.#read(line, 0, line.length);
    }
    this.#rest = [];
    this.#restBytes = 0;
  }

  #hold(part: Buffer): void {
    this.#restBytes += part.length;
    if (this.#restBytes > longestLine) this.#rest = [];
    else this.#rest.push(part);
  }
}
