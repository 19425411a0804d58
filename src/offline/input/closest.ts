/** The largest part of a word that may be mistyped. */
const mostWrong = 0.4;

/** Find the known words that a mistyped one may mean, at most three, the closest first. */
export function closestTo(word: string, known: readonly string[]): readonly string[] {
  const lower = word.toLowerCase();
  return known
    .map((candidate) => ({ candidate, distance: distanceOf(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= mostWrong * Math.max(candidate.length, word.length))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Count the characters to insert, remove or replace to make one text of another (Levenshtein). */
function distanceOf(one: string, other: string): number {
  // No known word is longer, and the cost is the product of the lengths.
  if (Math.abs(one.length - other.length) > other.length) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1];
    for (let at = 0; at < other.length; at += 1) {
      const cost = one[index] === other[at] ? 0 : 1;
      next.push(Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + cost));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** Write the question behind a sentence about an unknown word; '' if no known word is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const found = closestTo(word, known);
  return found.length === 0 ? '' : ` Did you mean ${found.join(' or ')}?`;
}
