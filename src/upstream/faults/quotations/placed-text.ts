/** A text, and the place of each of its characters in the text that it was made of. */
export interface PlacedText {
  readonly text: string;
  /** The place where each character begins. */
  readonly starts: readonly number[];
  /** The place behind each character. */
  readonly ends: readonly number[];
}

/** Place each character of a text at itself. */
export function placed(text: string): PlacedText {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    starts.push(at);
    ends.push(at + 1);
  }
  return { text, starts, ends };
}

/**
 * Replace each match of a pattern. Each character of a replacement has the place of the whole match.
 * @param replacementOf returns the match itself if it stays, with a place for each of its characters
 */
export function replaceMatches(
  { text, starts, ends }: PlacedText,
  pattern: RegExp,
  replacementOf: (match: RegExpExecArray) => string,
): PlacedText {
  const parts: string[] = [];
  const newStarts: number[] = [];
  const newEnds: number[] = [];
  let from = 0;
  const keep = (to: number): void => {
    parts.push(text.slice(from, to));
    for (let at = from; at < to; at += 1) {
      newStarts.push(starts[at] ?? 0);
      newEnds.push(ends[at] ?? 0);
    }
  };
  for (const match of text.matchAll(pattern)) {
    const { 0: matched, index } = match;
    const replacement = replacementOf(match);
    if (replacement === matched) continue;
    keep(index);
    from = index + matched.length;
    parts.push(replacement);
    for (let unit = 0; unit < replacement.length; unit += 1) {
      newStarts.push(starts[index] ?? 0);
      newEnds.push(ends[from - 1] ?? 0);
    }
  }
  keep(text.length);
  return { text: parts.join(''), starts: newStarts, ends: newEnds };
}
