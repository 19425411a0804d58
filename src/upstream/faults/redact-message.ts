import { pageText } from './page-text.ts';
import { jsonEscape } from '../../schema/json-escape.ts';

/** The replacement of a secret. */
const mask = '***';
/** The longest message, in characters; longer ones are truncated. */
const longestMessage = 4000;

/** The shortest secret that is masked inside words, in characters. Masking each `a` would spoil the message, and reveal the secret. */
const shortestInside = 4;

/** The length of the beginning by which a secret is recognized, in characters: clouds truncate long quotations. */
const beginningLength = 12;

/**
 * Mask the secrets of a request in a message of the cloud. Nova's schema faults quote the refused value in Python's
 * notation, passwords and files included.
 */
export function redactMessage(message: string, secrets: readonly string[]): string {
  const longestFirst = [...new Set(secrets)].filter((secret) => secret !== '').toSorted((a, b) => b.length - a.length);
  const masked = longestFirst.reduce((text, secret) => spellings(secret).reduce(maskIn, text), message);
  return masked.length <= longestMessage ? masked : `${masked.slice(0, longestMessage).toWellFormed()}...`;
}

function maskIn(text: string, spelling: string): string {
  if (spelling.length >= beginningLength) return maskBeginnings(text, spelling);
  if (spelling.length >= shortestInside) return text.replaceAll(spelling, mask);
  return text.replace(new RegExp(`(?<!\\w)${RegExp.escape(spelling)}(?!\\w)`, 'g'), mask);
}

/** Mask each quotation of a secret, from its beginning to the place where the cloud truncated it. */
function maskBeginnings(text: string, secret: string): string {
  const beginning = secret.slice(0, beginningLength);
  let masked = '';
  let from = 0;
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, from)) {
    let length = beginningLength;
    while (length < secret.length && text[at + length] === secret[length]) length += 1;
    masked += text.slice(from, at) + mask;
    from = at + length;
  }
  return masked + text.slice(from);
}

/** List the ways in which a message may quote a text: raw, as page text, in the JSON of several writers, in Python's repr with either quotes. */
function spellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const asciiJson = json.replace(/[^\x20-\x7e]/g, jsonEscape);
  const python = text.replaceAll('\\', '\\\\').replace(unprintable, pythonEscape);
  const all = [
    text,
    text.replace(/\s+/g, ' ').trim(),
    pageText(text),
    json,
    asciiJson,
    asciiJson.replace(/[<>&']/g, jsonEscape),
    json.replace(/[<>&\u2028\u2029]/g, jsonEscape),
    python,
    python.replaceAll("'", "\\'"),
  ];
  return [...new Set(all)].filter((spelling) => spelling !== '');
}

/** The characters that Python's repr escapes: control and format characters, and every space except U+0020. */
const unprintable = /[\p{C}\p{Z}]/gu;
const named: ReadonlyMap<string, string> = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  [' ', ' '],
]);

function pythonEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hexadecimal = code.toString(16);
  if (code < 0x100) return named.get(character) ?? `\\x${hexadecimal.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hexadecimal.padStart(4, '0')}` : `\\U${hexadecimal.padStart(8, '0')}`;
}
