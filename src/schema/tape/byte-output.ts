/** The bytes that are copied at a time, without a look at how many are wanted: the next copy overwrites what is too much. */
const step = 4;

/** A fixed part of documents, with bytes behind it that may be copied too. */
export class Part {
  readonly view: DataView;
  readonly length: number;

  constructor(text: string) {
    const bytes = Buffer.from(text);
    this.length = bytes.length;
    this.view = new DataView(new ArrayBuffer(bytes.length + step));
    for (const [at, byte] of bytes.entries()) this.view.setUint8(at, byte);
  }

  /** Check that bytes begin with the part. */
  begins(view: DataView, start: number, end: number): boolean {
    const { length } = this;
    return end - start >= length && isSame(this.view, 0, view, start, length);
  }
}

/** Compare bytes. */
export function isSame(one: DataView, from: number, other: DataView, start: number, length: number): boolean {
  const whole = length - (length % step);
  let at = 0;
  for (; at < whole; at += step) if (one.getInt32(from + at) !== other.getInt32(start + at)) return false;
  for (; at < length; at += 1) if (one.getUint8(from + at) !== other.getUint8(start + at)) return false;
  return true;
}

/** The bytes of a document that is being written. They grow as needed. */
export class ByteOutput {
  /** The number of bytes that have been written. */
  length = 0;
  #bytes: Buffer;
  #view: DataView;
  /** The number of bytes that fit, besides those that are too much. */
  #size: number;

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size + step);
    this.#view = viewOf(this.#bytes);
    this.#size = size;
  }

  /** Write a fixed part. */
  put({ view, length }: Part): void {
    const at = this.length;
    if (at + length > this.#size) this.#grow(length);
    const to = this.#view;
    for (let next = 0; next < length; next += step) to.setInt32(at + next, view.getInt32(next));
    this.length = at + length;
  }

  /**
   * Write bytes of a document. Four are copied at a time, which takes half of the time of one at a time, or of a call of `copy`
   * for texts as short as those of real documents.
   */
  copy(from: DataView, start: number, end: number): void {
    const size = end - start;
    if (this.length + size > this.#size) this.#grow(size);
    const to = this.#view;
    let at = this.length;
    this.length = at + size;
    const whole = end + step > from.byteLength ? end - step : end;
    let next = start;
    for (; next < whole; next += step) {
      to.setInt32(at, from.getInt32(next));
      at += step;
    }
    for (; next < end; next += 1) {
      to.setUint8(at, from.getUint8(next));
      at += 1;
    }
  }

  /** Write bytes of a document by a call, which takes less time for long parts. */
  copyLong(from: Buffer, start: number, end: number): void {
    const size = end - start;
    if (this.length + size > this.#size) this.#grow(size);
    from.copy(this.#bytes, this.length, start, end);
    this.length += size;
  }

  /** Write a text in UTF-8. */
  text(text: string): void {
    const most = text.length * 3;
    if (this.length + most > this.#size) this.#grow(most);
    this.length += this.#bytes.write(text, this.length);
  }

  /** Make the text of some bytes. */
  textOf(start: number, end: number): string {
    return this.#bytes.toString('utf8', start, end);
  }

  /** Hand over the bytes, and begin anew. */
  take(): Buffer {
    const bytes = this.#bytes.subarray(0, this.length);
    this.#replace(Buffer.allocUnsafeSlow(this.#size + step));
    this.length = 0;
    return bytes;
  }

  /** Forget the bytes, and memory beyond a limit. */
  reset(mostKept: number): void {
    this.length = 0;
    if (this.#size > mostKept) this.#replace(Buffer.allocUnsafeSlow(mostKept + step));
  }

  #grow(size: number): void {
    const bytes = Buffer.allocUnsafeSlow(Math.max(this.#size * 2, this.length + size) + step);
    this.#bytes.copy(bytes, 0, 0, this.length);
    this.#replace(bytes);
  }

  #replace(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#size = bytes.length - step;
  }
}

/** Make the view of a buffer, by which four bytes are read at a time. */
export function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
