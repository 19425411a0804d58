import { splitList } from '../../media/split-list.ts';
import type { IdentityFormat } from '../write/identity-format.ts';

/** The parts of a request that decide the format of its answer, and of its fault. */
export interface FormatWish {
  /** The suffix of the path, without the dot. */
  readonly suffix: 'xml' | 'json' | undefined;
  readonly accept: string | undefined;
  readonly contentType: string | undefined;
  /** The choice if Accept names no type: `caller` is the format of the request's body. */
  readonly fallback: 'caller' | 'json';
}

const xmlName = 'application/xml';
const jsonName = 'application/json';
const wildcards: ReadonlySet<string> = new Set(['*/*', '*', 'application/*', '']);

/**
 * Choose the format of an answer: by the suffix, then by Accept. As in legacy Keystone, an Accept that contains
 * `application/xml` in any place means XML; but JSON with a higher q is preferred, which legacy Keystone ignored.
 */
export function answerFormat({ suffix, accept = '', contentType, fallback }: FormatWish): IdentityFormat {
  if (suffix !== undefined) return suffix;
  const wished = accept.toLowerCase();
  const ranges = splitList(wished, ',').map(readRange);
  if (wished.includes(xmlName)) {
    return bestOf(ranges, (name) => name === jsonName) > bestOf(ranges, (name) => name.includes(xmlName))
      ? 'json'
      : 'xml';
  }
  const isOpen = ranges.every(({ name }) => wildcards.has(name));
  return isOpen && fallback === 'caller' && contentType?.includes(xmlName) === true ? 'xml' : 'json';
}

interface AcceptRange {
  readonly name: string;
  readonly quality: number;
}

function readRange(range: string): AcceptRange {
  const [name = '', ...parameters] = splitList(range, ';').map((part) => part.trim());
  const q = parameters.map((parameter) => /^q\s*=\s*(.*)$/.exec(parameter)?.[1]).find((value) => value !== undefined);
  const quality = Number(q ?? 1);
  return { name, quality: Number.isNaN(quality) ? 0 : quality };
}

/** Find the highest quality of the ranges with a name; -1 for none. */
function bestOf(ranges: readonly AcceptRange[], isWanted: (name: string) => boolean): number {
  return Math.max(-1, ...ranges.filter(({ name }) => isWanted(name)).map(({ quality }) => quality));
}
