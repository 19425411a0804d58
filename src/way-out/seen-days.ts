import { isMonthTurn } from './month-turn.ts';

/** A set of days, one bit each: 10,000 keys with 400 days take 1 MB. */
export class SeenDays {
  /** The number of the first word: a word has 32 days. */
  #firstWord = 0;
  #words = new Uint32Array(0);
  #latest = -1;
  /** The summary, until a day is added. */
  #rhythm: Rhythm | undefined;

  add(day: number): void {
    // Most calls come on the day of the one before.
    if (day === this.#latest) return;
    this.#latest = day;
    this.#rhythm = undefined;
    const word = day >>> 5;
    this.#include(word, word);
    const at = word - this.#firstWord;
    this.#words[at] = (this.#words[at] ?? 0) | (1 << (day & 31));
  }

  addAll(others: SeenDays): void {
    if (others.#words.length === 0) return;
    this.#rhythm = undefined;
    this.#include(others.#firstWord, others.#firstWord + others.#words.length - 1);
    const shift = others.#firstWord - this.#firstWord;
    for (const [at, bits] of others.#words.entries()) {
      this.#words[at + shift] = (this.#words[at + shift] ?? 0) | bits;
    }
  }

  /** Summarize the days. @returns undefined for an empty set */
  rhythm(): Rhythm | undefined {
    this.#rhythm ??= this.#summary();
    return this.#rhythm;
  }

  /** Call a function with each day, in order. */
  forEach(visit: (day: number) => void): void {
    for (const [at, bits] of this.#words.entries())
      for (let rest = bits; rest !== 0; rest &= rest - 1)
        visit((this.#firstWord + at) * 32 + 31 - Math.clz32(rest & -rest));
  }

  #summary(): Rhythm | undefined {
    let first: number | undefined;
    let last = 0;
    let count = 0;
    let longestGap = 0;
    let wasAtMonthTurn = false;
    for (const [at, bits] of this.#words.entries()) {
      const word = this.#firstWord + at;
      wasAtMonthTurn ||= (bits & monthTurns(word)) !== 0;
      for (let rest = bits; rest !== 0; rest &= rest - 1) {
        const day = word * 32 + 31 - Math.clz32(rest & -rest);
        if (first !== undefined) longestGap = Math.max(longestGap, day - last);
        first ??= day;
        last = day;
        count += 1;
      }
    }
    return first === undefined ? undefined : { first, last, count, longestGap, wasAtMonthTurn };
  }

  /** Grow, so that the words of a range are held. */
  #include(from: number, until: number): void {
    const held = this.#words;
    const end = this.#firstWord + held.length;
    if (held.length > 0 && from >= this.#firstWord && until < end) return;
    const start = held.length === 0 ? from : Math.min(from, this.#firstWord);
    const words = new Uint32Array(Math.max(until + 1, held.length === 0 ? 0 : end) - start);
    words.set(held, held.length === 0 ? 0 : this.#firstWord - start);
    this.#firstWord = start;
    this.#words = words;
  }
}

/** A set of days in brief. Days are numbers from 1970-01-01. */
export interface Rhythm {
  readonly first: number;
  readonly last: number;
  /** The number of days in the set. */
  readonly count: number;
  /** The longest distance of two days that follow each other; 0 for a single day. */
  readonly longestGap: number;
  /** True if one of the days is at the turn of a month. */
  readonly wasAtMonthTurn: boolean;
}

const turnsOfWords = new Map<number, number>();

/** Return the bits of a word that are days at the turn of a month. */
function monthTurns(word: number): number {
  const known = turnsOfWords.get(word);
  if (known !== undefined) return known;
  let bits = 0;
  for (let bit = 0; bit < 32; bit += 1) if (isMonthTurn(word * 32 + bit)) bits |= 1 << bit;
  turnsOfWords.set(word, bits);
  return bits;
}
