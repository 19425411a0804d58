/** Characters that could control a terminal, break a line, or turn the direction of the text around them. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const plain = /^[ -~]*$/;

/**
 * Make a text of a caller safe to keep and to print: at most some characters long, without control characters and unpaired
 * surrogates, which become U+FFFD.
 */
export function safeText(text: string, most: number): string {
  const short = text.length > most ? text.slice(0, most) : text;
  return plain.test(short) ? short : short.toWellFormed().replace(unsafe, '\uFFFD');
}
