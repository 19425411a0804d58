import { mediaTypes, type MediaType } from './media-type.ts';
import { splitList } from './split-list.ts';

/** What decides on the media type of an answer. */
export interface Wish {
  /** The path's suffix, without the dot. */
  readonly suffix: 'xml' | 'json' | undefined;
  readonly accept: string | undefined;
  /** The media type of the caller's own body. */
  readonly own: MediaType | undefined;
  /** What an answer is in where Accept prefers nothing. */
  readonly fallback: 'caller' | 'json';
}

interface Range {
  readonly name: string;
  readonly quality: number;
}

const suffixes = { xml: 'application/xml', json: 'application/json' } as const;
const preferred: MediaType = 'application/json';
const wildcards: ReadonlySet<string> = new Set(['*/*', '*', 'application/*']);

/**
 * The media type to answer in; there always is one.
 *
 * First the suffix; then Accept, as legacy Nova weighed it (the highest q of any range, at equal q the less wildcarded
 * range, then the order of {@link mediaTypes}) but read by RFC 9110 (case-insensitive, q=0 excludes); an Accept that names
 * only types which this API has not gets JSON; one that names none at all leaves the choice to `fallback`.
 * @param also a type that this answer has besides those of all answers
 */
export function negotiate(wish: Wish): MediaType;
export function negotiate<T extends string>(wish: Wish, also: T): MediaType | T;
export function negotiate({ suffix, accept, own, fallback }: Wish, also?: string): string {
  if (suffix !== undefined) return suffixes[suffix];
  // What most programs send: one type, and nothing about it.
  const sole = mediaTypes.find((type) => type === accept);
  if (sole !== undefined) return sole;
  const ranges = accept === undefined ? [] : readRanges(accept);
  if (!ranges.some(({ name }) => !wildcards.has(name))) return fallback === 'caller' ? (own ?? preferred) : preferred;
  const types: readonly string[] = also === undefined ? mediaTypes : [...mediaTypes, also];
  const weighed = types.map((type) => ({ type, ...weigh(type, ranges) }));
  const wanted = weighed
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality || b.specificity - a.specificity);
  const tolerated = new Set<string | undefined>(
    weighed.filter(({ specificity }) => specificity === -1).map(({ type }) => type),
  );
  const last = [preferred, own, suffixes.xml].find((type) => tolerated.has(type));
  return wanted[0]?.type ?? last ?? preferred;
}

/** How much a type is wanted: the most that any range wants it; not at all where the most specific one says so. */
function weigh(type: string, ranges: readonly Range[]): { quality: number; specificity: number } {
  const masks = ['*', '*/*', 'application/*', type];
  const fitting = ranges
    .map(({ name, quality }) => ({ quality, specificity: masks.indexOf(name) }))
    .filter(({ specificity }) => specificity >= 0);
  const closest = Math.max(-1, ...fitting.map(({ specificity }) => specificity));
  if (fitting.some(({ quality, specificity }) => specificity === closest && quality === 0)) {
    return { quality: 0, specificity: closest };
  }
  const [most] = fitting.toSorted((a, b) => b.quality - a.quality || b.specificity - a.specificity);
  return most ?? { quality: 0, specificity: -1 };
}

/** The ranges of an Accept header; one whose q cannot be read is not wanted. */
function readRanges(accept: string): Range[] {
  return splitList(accept, ',').flatMap((range) => {
    const [name = '', ...parameters] = splitList(range, ';').map((part) => part.trim());
    const q = parameters
      .map((parameter) => /^q\s*=\s*(.*)$/i.exec(parameter)?.[1])
      .find((value) => value !== undefined);
    const quality = q === undefined ? 1 : readQuality(q);
    const bare = name.replace(/^"(.*)"$/, '$1').toLowerCase();
    return bare === '' ? [] : [{ name: bare, quality }];
  });
}

function readQuality(q: string): number {
  return /^\d*\.?\d+$|^\d+\.$/.test(q) ? Number(q) : 0;
}
