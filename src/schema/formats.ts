import { isIPv4, isIPv6 } from 'node:net';

/** A string with a rule of its own: its normal form, or why it has none. The messages are legacy Nova's. */
interface Format {
  readonly normalize: (text: string) => string | undefined;
  readonly message: string | ((text: string) => string);
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longestName = 255;

/**
 * - `imageId`: the id of an image, of which a URL or path names the last segment; lower case, as the cloud looks it up
 *   literally; a trailing slash, a query and a fragment are tolerated.
 * - `serverName`: 1 to 255 characters without the white space around it, which legacy Nova did not count and kept.
 * - `ipv4`: all that inet_aton takes, as the dotted quad that legacy Nova stored.
 * - `ipv6`: an address without a zone.
 * - `lastSegment`: any id, of which a URL or path names the last segment.
 * - `imageIdOrNone`, `ipv4OrNone`, `ipv6OrNone`: the same, or nothing at all, which is a value of its own.
 * - `notEmpty`: any but the empty one.
 * - `trimmed`: without the white space around it, which is the document's layout.
 */
export const formats = {
  imageId: { normalize: imageId, message: 'Invalid imageRef provided.' },
  serverName: { normalize: serverName, message: nameRefusal },
  ipv4: { normalize: ipv4, message: 'accessIPv4 is not proper IPv4 format' },
  ipv6: { normalize: ipv6, message: 'accessIPv6 is not proper IPv6 format' },
  imageIdOrNone: { normalize: orNone(imageId), message: 'Invalid imageRef provided.' },
  ipv4OrNone: { normalize: orNone(ipv4), message: 'accessIPv4 is not proper IPv4 format' },
  ipv6OrNone: { normalize: orNone(ipv6), message: 'accessIPv6 is not proper IPv6 format' },
  lastSegment: { normalize: lastSegment, message: 'must name a resource.' },
  notEmpty: { normalize: (text) => (text === '' ? undefined : text), message: 'must not be empty.' },
  trimmed: { normalize: (text) => text.trim(), message: 'must be a string.' },
} as const satisfies Record<string, Format>;

/** The name of a format, in a description. */
export type FormatName = keyof typeof formats;

function orNone(normalize: Format['normalize']): Format['normalize'] {
  return (text) => (text === '' ? '' : normalize(text));
}

function lastSegment(text: string): string | undefined {
  const behind = text.search(/[?#]/);
  let end = behind === -1 ? text.length : behind;
  while (text.charAt(end - 1) === '/') end -= 1;
  return end <= 0 ? undefined : text.slice(text.lastIndexOf('/', end - 1) + 1, end);
}

function imageId(text: string): string | undefined {
  const id = lastSegment(text)?.toLowerCase();
  return id !== undefined && uuid.test(id) ? id : undefined;
}

function serverName(text: string): string | undefined {
  const name = text.trim();
  if (name === '') return undefined;
  // Of characters a text has at most its length.
  return name.length <= longestName || Array.from(name).length <= longestName ? text : undefined;
}

function nameRefusal(text: string): string {
  return text.trim() === ''
    ? 'Server name has a minimum character requirement of 1.'
    : `Server name has more than ${longestName} characters.`;
}

/** inet_aton: one to four parts, decimal, octal or hexadecimal; the last part fills the bytes that are left. */
function ipv4(text: string): string | undefined {
  if (isIPv4(text)) return text;
  const parts = text.split('.').map(part);
  if (parts.length > 4 || parts.some(Number.isNaN)) return undefined;
  const last = parts.at(-1) ?? Number.NaN;
  const leading = parts.slice(0, -1);
  if (leading.some((byte) => byte > 255) || last >= 256 ** (4 - leading.length)) return undefined;
  const address = leading.reduce((sum, byte, index) => sum + byte * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function part(digits: string): number {
  if (/^0x[0-9a-f]{1,8}$/i.test(digits)) return Number.parseInt(digits, 16);
  if (/^0[0-7]{0,11}$/.test(digits)) return Number.parseInt(digits, 8);
  return /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : Number.NaN;
}

function ipv6(text: string): string | undefined {
  return isIPv6(text) && !text.includes('%') ? text : undefined;
}
