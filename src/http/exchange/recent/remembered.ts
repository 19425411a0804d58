import { RecentMap } from './recent-map.ts';

/**
 * Texts that each function remembers, in each of two generations: about 1 MB a worker for all that is remembered of request
 * targets. Beyond it a target is read again each time, which costs some microseconds.
 */
export const mostTexts = 1024;

/** Longest text that is remembered, in characters. Targets of Nova are shorter, but for queries that no client repeats. */
export const longestText = 256;

/**
 * Remember the results of a pure function of a text, such as a request target, for the texts of late. Clients poll the same few
 * targets, and reading one again costs more than to find it. Longer texts are computed each time, so that the memory is bounded
 * whatever callers send. All exchanges with the same text share its result, which must not be changed.
 */
export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  // A result may be undefined, which the map has for a text that it does not know.
  const recent = new RecentMap<{ readonly result: T }>(mostTexts);
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known.result;
    const result = compute(text);
    if (text.length <= longestText) recent.set(text, { result });
    return result;
  };
}
