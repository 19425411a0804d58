import { pageText } from './page-text.ts';
import { jsonEscape } from '../../schema/json-escape.ts';

/** What stands where a secret stood. */
const mask = '***';
const longestMessage = 4000;

/** Shorter secrets are masked where they stand alone: masking each `a` would spoil the message and tell the secret. */
const shortest = 4;

/** So much of a long secret's beginning is known for it. */
const telling = 12;

/**
 * A cloud's message without what it quotes of the request: Nova's schema faults show the refused value in Python's
 * notation, passwords and files included.
 */
export function redactMessage(message: string, secrets: readonly string[]): string {
  const longestFirst = [...new Set(secrets)].filter((secret) => secret !== '').toSorted((a, b) => b.length - a.length);
  const masked = longestFirst.reduce((text, secret) => spellings(secret).reduce(maskIn, text), message);
  return masked.length <= longestMessage ? masked : `${masked.slice(0, longestMessage).toWellFormed()}...`;
}

function maskIn(text: string, spelling: string): string {
  if (spelling.length >= telling) return maskBeginnings(text, spelling);
  if (spelling.length >= shortest) return text.replaceAll(spelling, mask);
  return text.replace(new RegExp(`(?<!\\w)${RegExp.escape(spelling)}(?!\\w)`, 'g'), mask);
}

/** Clouds cut long quotations off: from the secret's beginning on, as far as it is quoted. */
function maskBeginnings(text: string, secret: string): string {
  const beginning = secret.slice(0, telling);
  let masked = '';
  let from = 0;
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, from)) {
    let length = telling;
    while (length < secret.length && text[at + length] === secret[length]) length += 1;
    masked += text.slice(from, at) + mask;
    from = at + length;
  }
  return masked + text.slice(from);
}

/** How a text looks raw, as the words of a page, in the JSON of several writers, and in Python's repr with either quotes. */
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

/** What Python's repr escapes: control and format characters, and every space but the plain one. */
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
