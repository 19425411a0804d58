import { viewOf, type ByteOutput, type Part } from '../byte-output.ts';
import type { Tape } from '../tape.ts';

/** A place in the output to which it can be reset. */
export interface Mark {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** The length from which bytes are copied by a call, in bytes. */
const longRun = 192;

/** The copier of parts of a document: those that are next to each other are copied at once. */
export class RunCopier {
  readonly #out: ByteOutput;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = viewOf(this.#bytes);
  /** The run that has not been copied yet. */
  #from = 0;
  #to = 0;

  constructor(out: ByteOutput) {
    this.#out = out;
  }

  /** Begin with the document of a tape. */
  restart({ bytes, view }: Tape): void {
    this.#bytes = bytes;
    this.#view = view;
    this.#from = 0;
    this.#to = 0;
  }

  /** Copy bytes of the document. */
  copy(start: number, end: number): void {
    if (start !== this.#to) {
      this.flush();
      this.#from = start;
    }
    this.#to = end;
  }

  /** Write a fixed part. */
  put(part: Part): void {
    this.flush();
    this.#out.put(part);
  }

  /** Write a text in UTF-8. */
  text(text: string): void {
    this.flush();
    this.#out.text(text);
  }

  /** Copy the bytes that wait for those behind them. */
  flush(): void {
    const from = this.#from;
    const to = this.#to;
    if (to - from >= longRun) this.#out.copyLong(this.#bytes, from, to);
    else if (to > from) this.#out.copy(this.#view, from, to);
    this.#from = 0;
    this.#to = 0;
  }

  /** Remember the place in the output. */
  mark(): Mark {
    return { length: this.#out.length, from: this.#from, to: this.#to };
  }

  /** Take back what was written behind a place. */
  reset({ length, from, to }: Mark): void {
    this.#out.length = length;
    this.#from = from;
    this.#to = to;
  }
}
