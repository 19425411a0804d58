/** The length of the parts by which a long secret is found, in characters. */
export const partLength = 8;

/** The receiver of a part of a text that is also in a secret. */
type OnFound = (from: number, to: number) => void;

/** The sizes of the table of parts, which are powers of two: for a short text a large one would cost more than the search. */
const tableSizes = { short: 2048, long: 65_536 } as const;
/** The length from which a text is long, in characters. */
const longText = 512;

/**
 * Find every part of 8 characters of a text that is in one of the secrets, and every whole secret that is shorter. So a
 * quotation is found that a cloud cut off at either end or in the middle. The cost is linear in the text and in the secrets,
 * whatever their number, because the parts of the text are in a table.
 */
export function findParts(text: string, secrets: readonly string[], onFound: OnFound): void {
  const long = secrets.filter(({ length }) => length >= partLength);
  if (long.length > 0 && text.length >= partLength) findLong(text, long, onFound);
  const byLength = Map.groupBy(
    secrets.filter(({ length }) => length > 0 && length < partLength),
    ({ length }) => length,
  );
  for (const [length, alike] of byLength) findShort(text, new Set(alike), length, onFound);
}

function findShort(text: string, secrets: ReadonlySet<string>, length: number, onFound: OnFound): void {
  for (let at = 0; at + length <= text.length; at += 1) {
    if (secrets.has(text.slice(at, at + length))) onFound(at, at + length);
  }
}

function findLong(text: string, secrets: readonly string[], onFound: OnFound): void {
  const places = new Map<string, number[]>();
  // Most parts of a secret are refused by this table, for a tenth of the cost.
  const table = new Uint8Array(tableSizes[text.length < longText ? 'short' : 'long']);
  const last = table.length - 1;
  for (let at = 0; at + partLength <= text.length; at += 1) {
    const part = text.slice(at, at + partLength);
    const known = places.get(part);
    if (known === undefined) places.set(part, [at]);
    else known.push(at);
    table[hashAt(text, at) & last] = 1;
  }
  for (const secret of secrets) {
    for (let at = 0; at + partLength <= secret.length; at += 1) {
      if (table[hashAt(secret, at) & last] !== 1) continue;
      const part = secret.slice(at, at + partLength);
      for (const place of places.get(part) ?? []) onFound(place, place + partLength);
      // Each part is reported once, however often the secrets have it.
      places.delete(part);
    }
  }
}

function hashAt(text: string, at: number): number {
  return text.charCodeAt(at) ^ (text.charCodeAt(at + 3) << 5) ^ (text.charCodeAt(at + 7) << 9);
}
