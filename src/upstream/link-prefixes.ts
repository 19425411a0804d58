import { Part } from '../schema/tape/byte-output.ts';
import { KeyTable } from '../schema/tape/key-table.ts';
import { literalPart, type LinkPrefix, type Relation, type TapeLinks } from '../schema/tape/tape-links.ts';
import { foreignRelations, gatewayLink, leadingVersion, relink, type LinkBase } from './links.ts';

/** The prefixes that are remembered for each kind of link: those of a few projects. */
const mostPrefixes = 4;

const relations = new KeyTable(['bookmark', ...foreignRelations]);
const origin = /^(?:https?:\/\/[^/]*)?(?=\/)/i;

/** A prefix whose conversion is known. */
interface KnownPrefix extends LinkPrefix {
  readonly text: Part;
}

/** The last conversion, which is the same for all callers who use one URL of the gateway and one version. */
let last: { readonly base: LinkBase; readonly links: TapeLinks } | undefined;

/** Create the conversion of links by a base. It remembers how links begin, and the conversion of each beginning. */
export function tapeLinks(base: LinkBase): TapeLinks {
  const isLast =
    last?.base.publicUrl === base.publicUrl &&
    last.base.version === base.version &&
    last.base.cloudPath === base.cloudPath;
  if (last === undefined || !isLast) last = { base, links: createLinks(base) };
  return last.links;
}

function createLinks(base: LinkBase): TapeLinks {
  const [bookmarks, others]: [KnownPrefix[], KnownPrefix[]] = [[], []];
  const convert = (href: string, relation: Relation): string =>
    relation === 'foreign' ? href : gatewayLink(href, base, relation === 'bookmark');
  const prefixOf: TapeLinks['prefixOf'] = ({ bytes, view }, start, end, isBookmark) => {
    const prefixes = isBookmark ? bookmarks : others;
    for (const prefix of prefixes) if (prefix.text.begins(view, start, end)) return prefix;
    const href = bytes.toString('latin1', start, end);
    const length = decidingLength(href, base, isBookmark);
    if (length === undefined) return undefined;
    const link = gatewayLink(href, base, isBookmark);
    const converted = literalPart(link.slice(0, link.length - (href.length - length)));
    if (converted === undefined) return undefined;
    const prefix = { text: new Part(href.slice(0, length)), length, converted };
    if (prefixes.length >= mostPrefixes) prefixes.pop();
    prefixes.unshift(prefix);
    return prefix;
  };
  return {
    relationIn: (view, start, end) => relationAt(relations.find(view, start, end)),
    relationOf: (value) => (typeof value === 'string' ? relationAt(relations.indexOf(value)) : 'other'),
    prefixOf,
    convert,
    relink: (key, value) => relink({ [key]: value }, base),
  };
}

function relationAt(index: number): Relation {
  if (index === -1) return 'other';
  return index === 0 ? 'bookmark' : 'foreign';
}

/**
 * Find the length of the beginning of a link that decides its conversion, by the rules of `gatewayLink`: the origin, the path before
 * the version, and the segment behind it. Undefined for a link whose version is searched for in all of its path.
 */
function decidingLength(href: string, { cloudPath }: LinkBase, isBookmark: boolean): number | undefined {
  const start = origin.exec(href)?.[0].length;
  if (start === undefined) return undefined;
  const isBelow = cloudPath !== '' && href.startsWith(`${cloudPath}/`, start);
  const ownStart = isBelow ? start + cloudPath.length : start;
  if (!isBookmark && !leadingVersion.test(href.slice(ownStart))) return undefined;
  const end = href.indexOf('/', ownStart + 1) + 1;
  const length = Math.max(end, start + cloudPath.length + 1);
  return end === 0 || length > href.length ? undefined : length;
}
