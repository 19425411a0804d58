import { pageText } from './page-text.ts';
import { findParts, partLength } from './quotations/find-parts.ts';
import type { PlacedText } from './quotations/placed-text.ts';
import { isPlain } from './quotations/undo-escapes.ts';
import { viewsOf, type Views } from './quotations/views.ts';

/** The replacement of a secret. */
const mask = '***';
/** The longest message, in characters; longer ones are truncated. */
const longestMessage = 4000;
/** The part of a message that is searched for secrets, in characters. The rest is not shown. */
const longestSearched = 16_384;

/** The shortest secret that is masked inside words, in characters. Masking each `a` would spoil the message, and reveal the secret. */
const shortestInside = 4;
/** The shortest secret that is found by its letters and digits alone, or in another notation. */
const shortestLetters = 6;

/** The longest secret whose own escapes are undone. Longer ones are base64, which has none. */
const longestEscaped = 16_384;
/** The largest number of secrets whose own escapes are undone; no request within legacy Nova's quotas has more. */
const mostEscaped = 64;
/** The longest secret that is searched in base64 and hexadecimal, in characters, and the largest number of such secrets. */
const longestNotated = 1024;
const mostNotated = 32;

/**
 * Mask the secrets of a request in a message of the cloud. Nova's schema faults quote the refused value in Python's
 * notation, passwords and files included. Quotations are found in any layers of the escapes of JSON, Python, JavaScript, HTML,
 * XML and URLs, in base64 and in hexadecimal. The cost is linear in the message and in the secrets.
 * @returns '' for a message that has too many layers of escapes to tell what it quotes
 */
export function redactMessage(message: string, secrets: readonly string[]): string {
  const given = [...new Set(secrets)].filter((secret) => secret !== '');
  if (given.length === 0) return truncated(message, false);
  const searched = message.slice(0, longestSearched);
  const isCut = searched.length < message.length;
  const views = viewsOf(searched);
  if (views === undefined) return '';
  const masked = new Uint8Array(searched.length);
  mark(views, given, masked);
  // A secret that begins where the search ends is too short to be found.
  const end = isCut ? searched.length - partLength : searched.length;
  return truncated(written(searched.slice(0, end), masked), isCut);
}

function truncated(message: string, isCut: boolean): string {
  if (message.length <= longestMessage && !isCut) return message;
  return `${message.slice(0, longestMessage).toWellFormed()}...`;
}

/** Write the text with masks for the marked characters. */
function written(text: string, masked: Uint8Array): string {
  let result = '';
  for (let from = 0; from < text.length;) {
    const isMasked = masked[from] === 1;
    const next = masked.indexOf(isMasked ? 0 : 1, from);
    const to = next === -1 ? text.length : Math.min(next, text.length);
    result += isMasked ? mask : text.slice(from, to);
    from = to;
  }
  return result;
}

/** Mark the characters of a message that quote a secret. */
function mark({ raw, plain, letters }: Views, secrets: readonly string[], masked: Uint8Array): void {
  const forms = secrets.flatMap((secret, index) => formsOf(secret, index < mostEscaped));
  const search = (view: PlacedText, texts: readonly string[], shortest: number): void => {
    const long = texts.map((text) => text.trim()).filter(({ length }) => length >= shortest);
    findParts(view.text, long, (from, to) => masked.fill(1, view.starts[from], view.ends[to - 1]));
  };
  search(
    raw,
    secrets.map((secret) => secret.toLowerCase()),
    shortestInside,
  );
  search(
    plain,
    forms.map((form) => form.plain),
    shortestInside,
  );
  const notated = secrets
    .filter(({ length }) => length >= shortestInside && length <= longestNotated)
    .slice(0, mostNotated);
  const others = notated.flatMap(notationsOf).map(lettersOf);
  search(letters, [...forms.map((form) => form.letters), ...others], shortestLetters);
  const short = forms.map((form) => form.plain.trim()).filter(({ length }) => length < shortestInside);
  findParts(plain.text, short, (from, to) => {
    if (isWord(plain.text, from, to)) masked.fill(1, plain.starts[from], plain.ends[to - 1]);
  });
}

/** Check that no letter, digit or underscore stands next to a part of a text. */
function isWord(text: string, from: number, to: number): boolean {
  return !/\w/.test(text.charAt(from - 1)) && !/\w/.test(text.charAt(to));
}

interface Form {
  readonly plain: string;
  readonly letters: string;
}

/** List the forms of a secret: its own, and what a page shows of it if it has markup. */
function formsOf(secret: string, isEscaped: boolean): Form[] {
  const own = viewsOfSecret(secret, isEscaped);
  const hasMarkup = isEscaped && secret.length <= longestNotated && /[<&]/.test(secret);
  return hasMarkup ? [own, viewsOfSecret(pageText(secret), isEscaped)] : [own];
}

function viewsOfSecret(secret: string, isEscaped: boolean): Form {
  const views = isEscaped && secret.length <= longestEscaped && !isPlain(secret) ? viewsOf(secret) : undefined;
  if (views !== undefined) return { plain: views.plain.text, letters: views.letters.text };
  const plain = secret.toLowerCase().replace(/[\s+]+/g, ' ');
  return { plain, letters: lettersOf(plain) };
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** Write a secret in hexadecimal, in base64, and as base64 at each of the three places at which it may begin in a longer text. */
function notationsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inside = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The characters at the ends depend on the text around the secret too.
    return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
  });
  return [bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), ...inside];
}
