import type { Random } from '../promises/random.ts';

/** Two texts that belong around something: a start and an end tag, two brackets, the beginning and the end of a document. */
export type Around = readonly [before: string, after: string];

/**
 * The words of a format, from which hostile texts are composed: delimiters, names, escapes, comments, white space, whatever
 * its parser has a branch for. `{n}` in a word stands for a number that is another one at each place.
 */
export interface Vocabulary {
  /** The words that are repeated, alone and in pairs. */
  readonly words: readonly string[];
  /** The words that nest. */
  readonly nests: readonly Around[];
  /** The beginnings and ends of documents, within which a text reaches different code. */
  readonly frames: readonly Around[];
}

/** A text of any length: the same for the same length, so that costs of several lengths are compared. */
export interface HostileText {
  /** The formula of the text, for reports. */
  readonly name: string;
  /** Write the text in about this number of characters, rarely more. */
  readonly write: (length: number) => string;
}

/** Repeat a unit. */
export function repeated(unit: string): HostileText {
  return {
    name: `${shown(unit)} * n`,
    write: (length) => {
      if (!unit.includes('{n}')) return unit.repeat(countOf(unit, length));
      let text = '';
      for (let n = 0; text.length + unit.length < length; n += 1) text += numbered(unit, n);
      return text;
    },
  };
}

/** Nest a unit in itself. */
export function nested([open, close]: Around): HostileText {
  return {
    name: `${shown(open)} * n + ${shown(close)} * n`,
    write: (length) => {
      const count = countOf(open + close, length);
      const opening = Array.from({ length: count }, (_, n) => numbered(open, n)).join('');
      return opening + Array.from({ length: count }, (_, n) => numbered(close, count - n - 1)).join('');
    },
  };
}

/** Write one text after another, each in half of the length. */
export function halves(first: HostileText, second: HostileText): HostileText {
  return {
    name: `(${first.name}) + (${second.name})`,
    write: (length) => first.write(length / 2) + second.write(length / 2),
  };
}

/** Put words before and after a text, once. */
export function between([before, after]: Around, text: HostileText): HostileText {
  return {
    name: [shown(before), text.name, shown(after)].filter((part) => part !== '""').join(' + '),
    write: (length) => before + text.write(Math.max(0, length - before.length - after.length)) + after,
  };
}

/**
 * Compose hostile texts of a vocabulary: first each word and each nest alone in each frame, then all pairs of words, and then
 * without end whatever chance makes of several, each in a random order. Every second text has some words of the vocabulary before it: a parser
 * may be slow only after it has seen one of them.
 */
export function* hostileTexts(vocabulary: Vocabulary, random: Random): Generator<HostileText, never> {
  const { words, nests } = vocabulary;
  const alone = [...words.map((word) => repeated(word)), ...nests.map((nest) => nested(nest))];
  const framedAlone = vocabulary.frames.flatMap((frame) => alone.map((text) => between(frame, text)));
  yield* shuffled(framedAlone, random);
  const pairs = words.flatMap((first) => words.map((second) => first + second));
  for (const pair of shuffled(pairs, random)) yield framed(repeated(pair), vocabulary, random);
  for (;;) yield framed(composed(vocabulary, random, 2), vocabulary, random);
}

/** Count the texts of a vocabulary before those of chance. */
export function systematicCount({ words, nests, frames }: Vocabulary): number {
  return frames.length * (words.length + nests.length) + words.length ** 2;
}

function composed(vocabulary: Vocabulary, random: Random, depth: number): HostileText {
  const { words, nests } = vocabulary;
  const kind = random.weighed({ repeated: 4, nested: nests.length === 0 ? 0 : 2, halves: depth === 0 ? 0 : 3 });
  switch (kind) {
    case 'repeated':
      return repeated(Array.from({ length: random.between(1, 4) }, () => some(words, random)).join(''));
    case 'nested': {
      const [open, close] = some(nests, random);
      return nested(random.between(0, 1) === 0 ? [open, close] : [open + some(words, random), close]);
    }
    case 'halves':
      return halves(composed(vocabulary, random, depth - 1), composed(vocabulary, random, depth - 1));
    default:
      return kind satisfies never;
  }
}

/** Put a text into a frame, with words before it, and with one behind it that may end what it began. */
function framed(text: HostileText, { words, frames }: Vocabulary, random: Random): HostileText {
  const isSeasoned = random.between(0, 1) === 0;
  const seasoning = isSeasoned ? words.filter(() => random.between(0, 7) === 0).join('') : '';
  const end = random.between(0, 3) === 0 ? some(words, random) : '';
  return between(some(frames, random), between([numbered(seasoning, 0), numbered(end, 0)], text));
}

function some<T>(items: readonly T[], random: Random): T {
  const found = items[random.between(0, items.length - 1)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function countOf(unit: string, length: number): number {
  return Math.max(0, Math.floor(length / numbered(unit, 10_000).length));
}

function numbered(unit: string, n: number): string {
  return unit.replaceAll('{n}', String(n));
}

/** The longest word that a formula shows, in characters. */
const longestShown = 60;

function shown(text: string): string {
  return text.length <= longestShown
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, longestShown))}... (${text.length})`;
}
