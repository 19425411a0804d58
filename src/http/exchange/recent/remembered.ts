import { fixedLimits } from '../../../config/fixed-limits.ts';
import { RecentMap } from './recent-map.ts';

const { rememberedTexts, rememberedTextLength } = fixedLimits;

/**
 * Remember the results of a pure function of a text, such as a request target, for the texts of late. Clients poll the same few
 * targets, and reading one again costs more than to find it. Longer texts are computed each time, so that the memory is bounded
 * whatever callers send. All exchanges with the same text share its result, which must not be changed.
 */
export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  // A result may be undefined, which the map has for a text that it does not know.
  const recent = new RecentMap<{ readonly result: T }>(rememberedTexts);
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known.result;
    const result = compute(text);
    if (text.length <= rememberedTextLength) recent.set(text, { result });
    return result;
  };
}
