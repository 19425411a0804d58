import { mediaTypes, type MediaType } from './media-type.ts';
import { splitList } from './split-list.ts';

/** The input of negotiation: the parts of a request and of the settings that decide the media type of an answer. */
export interface NegotiationInput {
  /** The suffix of the path, without the dot. */
  readonly suffix: 'xml' | 'json' | undefined;
  /** The value of Accept. */
  readonly accept: string | undefined;
  /** The media type of the request's body. */
  readonly own: MediaType | undefined;
  /** The choice if Accept names no type: `caller` is the type of the request's body. */
  readonly fallback: 'caller' | 'json';
}

interface Range {
  readonly name: string;
  /** The range with its parameters, as written. */
  readonly text: string;
  readonly quality: number;
}

const suffixes = { xml: 'application/xml', json: 'application/json' } as const;
const preferred: MediaType = 'application/json';
const jsonTypes: ReadonlySet<string> = new Set(mediaTypes.filter((type) => type.endsWith('json')));
const wildcards: ReadonlySet<string> = new Set(['*/*', '*', 'application/*']);

/**
 * Choose the media type of an answer; no request is refused for its Accept.
 *
 * A suffix of the path decides first. Then Accept decides as in legacy Nova: the type with the highest q, at equal q the more
 * specific range, then the order of {@link mediaTypes}. Unlike legacy Nova, it follows RFC 9110: names are case-insensitive,
 * and q=0 excludes a type. An Accept that names only unknown types gets JSON; without any named type, `fallback` decides.
 * @param also a further type that this answer can have
 */
export function negotiate(wish: NegotiationInput): MediaType;
export function negotiate<T extends string>(wish: NegotiationInput, also: T): MediaType | T;
export function negotiate({ suffix, accept, own, fallback }: NegotiationInput, also?: string): string {
  if (suffix !== undefined) return suffixes[suffix];
  // Most programs send a single type without parameters.
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

/** Find the range of an Accept field that the media type of the answer is chosen by, as written; undefined for none. */
export function preferredRange(accept: string): string | undefined {
  const type = negotiate({ suffix: undefined, accept, own: undefined, fallback: 'json' });
  return fittingRanges(type, readRanges(accept))[0]?.text;
}

/** Check that an Accept field names JSON, not only by a wildcard, and prefers it. */
export function namesJson(accept: string): boolean {
  const wish = { suffix: undefined, accept, own: undefined } as const;
  return (
    readRanges(accept).some(({ name }) => jsonTypes.has(name)) &&
    jsonTypes.has(negotiate({ ...wish, fallback: 'json' }))
  );
}

/** Find the quality of a type: the highest q of any range that matches it; 0 if the most specific range excludes it. */
function weigh(type: string, ranges: readonly Range[]): { quality: number; specificity: number } {
  const fitting = fittingRanges(type, ranges);
  const closest = Math.max(-1, ...fitting.map(({ specificity }) => specificity));
  if (fitting.some(({ quality, specificity }) => specificity === closest && quality === 0)) {
    return { quality: 0, specificity: closest };
  }
  return fitting[0] ?? { quality: 0, specificity: -1 };
}

/** List the ranges that match a type, the best first. */
function fittingRanges(type: string, ranges: readonly Range[]): (Range & { readonly specificity: number })[] {
  const masks = ['*', '*/*', 'application/*', type];
  return ranges
    .map((range) => ({ ...range, specificity: masks.indexOf(range.name) }))
    .filter(({ specificity }) => specificity >= 0)
    .toSorted((a, b) => b.quality - a.quality || b.specificity - a.specificity);
}

/** Read the ranges of an Accept field. A malformed q counts as 0. */
function readRanges(accept: string): Range[] {
  return splitList(accept, ',').flatMap((range) => {
    const [name = '', ...parameters] = splitList(range, ';').map((part) => part.trim());
    const q = parameters
      .map((parameter) => /^q\s*=\s*(.*)$/i.exec(parameter)?.[1])
      .find((value) => value !== undefined);
    const quality = q === undefined ? 1 : readQuality(q);
    const bare = name.replace(/^"(.*)"$/, '$1').toLowerCase();
    return bare === '' ? [] : [{ name: bare, quality, text: range }];
  });
}

function readQuality(q: string): number {
  return /^\d*\.?\d+$|^\d+\.$/.test(q) ? Number(q) : 0;
}
