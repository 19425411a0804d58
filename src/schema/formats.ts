import { isIPv4, isIPv6 } from 'node:net';

/** A rule for strings. The messages are legacy Nova's. */
interface Format {
  /** Convert a text to its normal form; undefined for a text that breaks the rule. */
  readonly normalize: (text: string) => string | undefined;
  /** The message for a text that breaks the rule. */
  readonly message: string | ((text: string) => string);
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longestName = 255;

/**
 * The formats of strings.
 * - `imageId`: a UUID, or a URL or path whose last segment is one; a trailing slash, a query and a fragment are tolerated.
 *   Normalized to lower case, because clouds compare it literally.
 * - `serverName`: 1 to 255 characters, not counting the white space around them, which legacy Nova kept.
 * - `ipv4`: any form that inet_aton accepts. Normalized to a dotted quad, as legacy Nova stored it.
 * - `ipv6`: an address without a zone.
 * - `lastSegment`: an id, or a URL or path whose last segment is one. Normalized to the id.
 * - `imageIdOrNone`, `ipv4OrNone`, `ipv6OrNone`: the same, or an empty text, which is a value of its own.
 * - `notEmpty`: any text but the empty one.
 * - `enableOrDisable`: `enable` or `disable` in any case, with white space around it. Normalized to lower case without it.
 * - `trimmed`: any text. Normalized by removing the white space around it, which is layout of the document.
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
  enableOrDisable: { normalize: enableOrDisable, message: 'must be enable or disable.' },
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

function enableOrDisable(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  return word === 'enable' || word === 'disable' ? word : undefined;
}

function imageId(text: string): string | undefined {
  const id = lastSegment(text)?.toLowerCase();
  return id !== undefined && uuid.test(id) ? id : undefined;
}

function serverName(text: string): string | undefined {
  const name = text.trim();
  if (name === '') return undefined;
  // `length` is never less than the number of characters, so short texts need no count.
  return name.length <= longestName || Array.from(name).length <= longestName ? text : undefined;
}

function nameRefusal(text: string): string {
  return text.trim() === ''
    ? 'Server name has a minimum character requirement of 1.'
    : `Server name has more than ${longestName} characters.`;
}

/** Parse an address as inet_aton does: one to four parts, decimal, octal or hexadecimal; the last part fills the remaining bytes. */
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
