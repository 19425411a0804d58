/** What stands where a secret stood. */
const mask = '***';
const longestMessage = 1000;

/** Shorter secrets are masked only where they are quoted: masking each `a` would spoil the message and tell the secret. */
const shortest = 4;

/**
 * A cloud's message without what it quotes of the request: Nova's schema faults show the refused value in Python's
 * notation, passwords and files included.
 */
export function redactMessage(message: string, secrets: readonly string[]): string {
  const longestFirst = [...new Set(secrets)].filter((secret) => secret !== '').toSorted((a, b) => b.length - a.length);
  const masked = longestFirst.reduce((text, secret) => spellings(secret).reduce(maskIn, text), message);
  return masked.slice(0, longestMessage);
}

function maskIn(text: string, spelling: string): string {
  if (spelling.length >= shortest) return text.replaceAll(spelling, mask);
  return text.replaceAll(`'${spelling}'`, `'${mask}'`).replaceAll(`"${spelling}"`, `"${mask}"`);
}

/** How a text looks raw, on one line, in JSON and in Python's repr, whichever quotes that chose. */
function spellings(text: string): string[] {
  const python = text.replaceAll('\\', '\\\\').replace(unprintable, pythonEscape);
  return [
    ...new Set([
      text,
      text.replace(/\s+/g, ' ').trim(),
      JSON.stringify(text).slice(1, -1),
      python,
      python.replaceAll("'", "\\'"),
    ]),
  ].filter((spelling) => spelling !== '');
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
