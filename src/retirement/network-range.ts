import { isIP } from 'node:net';

/** Addresses of one family that share their first bits. The unix socket is a network of its own. */
export interface NetworkRange {
  readonly family: 4 | 6 | 'unix';
  /** The groups of 16 bits of the first address. */
  readonly groups: readonly number[];
  /** The number of the bits that all its addresses share. */
  readonly bits: number;
}

const unix: NetworkRange = { family: 'unix', groups: [], bits: 0 };
/** The first groups and bits of an IPv4 address that is written as an IPv6 address (RFC 4291, 2.5.5.2). */
const mapped = { groups: [0, 0, 0, 0, 0, 0xffff], bits: 96 } as const;

/**
 * Read a network: an address, a network such as 192.0.2.0/24 or 2001:db8::/32, or `unix`; an empty text is the caller of a unix
 * socket. Undefined for anything else, and for a network with bits behind its length.
 */
export function networkRangeIn(text: string): NetworkRange | undefined {
  if (text === 'unix' || text === '') return unix;
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (more.length > 0 || (family !== 4 && family !== 6) || address.includes('%')) return undefined;
  const longest = family === 4 ? 32 : 128;
  const bits = prefix === undefined ? longest : Number(prefix);
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || bits > longest)) return undefined;
  const groups = family === 4 ? groupsOf4(address) : groupsOf6(address);
  return hasBitsAfter(groups, bits) ? undefined : withoutMapping({ family, groups, bits });
}

/** Return a network of IPv4 as such, however it is written. */
function withoutMapping(range: NetworkRange): NetworkRange {
  const { groups, bits } = range;
  if (groups.length !== 8 || bits < mapped.bits || !isSame(groups, mapped.groups, mapped.bits)) return range;
  return { family: 4, groups: groups.slice(mapped.groups.length), bits: bits - mapped.bits };
}

/** Return the range of the address of a caller, in which a link-local one has the name of an interface; `''` is the unix socket. */
export function rangeOfCaller(address: string): NetworkRange {
  const zone = address.indexOf('%');
  return networkRangeIn(zone === -1 ? address : address.slice(0, zone)) ?? unix;
}

/** The relation of two networks: one holds the whole other, only a part of it, or nothing. */
export type Overlap = 'whole' | 'part' | 'none';

/** Find how much of a network another one holds. An address is the network of itself, of which there is no part. */
export function overlapOf(holder: NetworkRange, held: NetworkRange): Overlap {
  if (holder.family !== held.family) return 'none';
  if (!isSame(holder.groups, held.groups, Math.min(holder.bits, held.bits))) return 'none';
  return holder.bits <= held.bits ? 'whole' : 'part';
}

function isSame(one: readonly number[], other: readonly number[], bits: number): boolean {
  for (let at = 0; at * 16 < bits; at += 1) {
    const mask = maskOf(bits - at * 16);
    if (((one[at] ?? 0) & mask) !== ((other[at] ?? 0) & mask)) return false;
  }
  return true;
}

function hasBitsAfter(groups: readonly number[], bits: number): boolean {
  return groups.some((group, at) => (group & ~maskOf(bits - at * 16)) !== 0);
}

/** Return the mask of the first bits of a group of 16. */
function maskOf(bits: number): number {
  if (bits >= 16) return 0xffff;
  return bits <= 0 ? 0 : (0xffff << (16 - bits)) & 0xffff;
}

function groupsOf4(address: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

function groupsOf6(address: string): readonly number[] {
  const [before = '', after] = address.replace(/\d+(?:\.\d+){3}$/, asGroups).split('::');
  const first = splitGroups(before);
  const last = splitGroups(after ?? '');
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

/** Write the IPv4 address at the end of an IPv6 address as two groups. */
function asGroups(address: string): string {
  return groupsOf4(address)
    .map((group) => group.toString(16))
    .join(':');
}

function splitGroups(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
