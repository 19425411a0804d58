import { InputError } from './input-error.ts';

/** A line of a text, with its number and the offset of its first character. */
export interface Line {
  readonly number: number;
  readonly at: number;
  /** Its characters, without the line end. */
  readonly text: string;
}

/** List the lines of a text, beginning at an offset. Line ends are LF or CRLF. */
export function* linesOf(text: string): Generator<Line> {
  let [at, number] = [0, 1];
  while (at <= text.length) {
    const end = text.indexOf('\n', at);
    const next = end === -1 ? text.length : end;
    yield { number, at, text: text.slice(at, next).replace(/\r$/, '') };
    at = next + 1;
    number += 1;
  }
}

/** The error of a line. It says what was expected and repeats nothing of the line, which may hold a secret. */
export function expected(line: number, what: string): InputError {
  return new InputError(`Line ${line}: expected ${what}.`);
}
