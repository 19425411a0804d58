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

/** How a text looks raw, in JSON and in Python's repr. */
function spellings(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  const python = escaped
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/\\u00([0-9a-f]{2})/g, '\\x$1');
  return [...new Set([text, escaped, python, python.replaceAll("\\'", "'")])];
}
