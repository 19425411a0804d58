import { isIPv4, isIPv6 } from 'node:net';
import { refusedReference, refusedSpelling, relaxedSpelling, type LegacyForm } from './unaided.ts';

/** A rule for strings. The messages are legacy Nova's. */
interface Format {
  /** Convert a text to its normal form; undefined for a text that breaks the rule. */
  readonly normalize: (text: string) => string | undefined;
  /**
   * Find the legacy form of a text that keeps the rule; undefined for a text that modern clouds take as it is (measured with Nova 26,
   * and compared with its schemas by test/schema/legacy-forms.test.ts).
   */
  readonly legacyForm: (text: string) => LegacyForm | undefined;
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
 * - `flavorOfNewServer`: the same. Clouds take the URL themselves, unless a slash ends it.
 * - `imageIdOrNone`, `ipv4OrNone`, `ipv6OrNone`: the same, or an empty text, which is a value of its own.
 * - `notEmpty`: any text but the empty one.
 * - `enableOrDisable`: `enable` or `disable` in any case, with white space around it. Normalized to lower case without it.
 * - `trimmed`: any text. Normalized by removing the white space around it, which is layout of the document. Clouds refuse it: the text
 *   is an id or one of a few words.
 * - `trimmedName`: the same for a name. Nova trims it itself on v2.
 * - `trimmedText`: the same for a text that clouds keep as it is.
 */
export const formats = {
  imageId: { normalize: imageId, legacyForm: formOfId, message: 'Invalid imageRef provided.' },
  serverName: { normalize: serverName, legacyForm: modern, message: nameRefusal },
  ipv4: { normalize: ipv4, legacyForm: formOfAddress, message: 'accessIPv4 is not proper IPv4 format' },
  ipv6: { normalize: ipv6, legacyForm: modern, message: 'accessIPv6 is not proper IPv6 format' },
  imageIdOrNone: { normalize: orNone(imageId), legacyForm: formOfId, message: 'Invalid imageRef provided.' },
  ipv4OrNone: { normalize: orNone(ipv4), legacyForm: formOfAddress, message: 'accessIPv4 is not proper IPv4 format' },
  ipv6OrNone: { normalize: orNone(ipv6), legacyForm: modern, message: 'accessIPv6 is not proper IPv6 format' },
  lastSegment: { normalize: lastSegment, legacyForm: formOfReference, message: 'must name a resource.' },
  flavorOfNewServer: {
    normalize: lastSegment,
    legacyForm: (text) => (text.endsWith('/') ? refusedReference : undefined),
    message: 'must name a resource.',
  },
  notEmpty: {
    normalize: (text) => (text === '' ? undefined : text),
    legacyForm: modern,
    message: 'must not be empty.',
  },
  enableOrDisable: { normalize: enableOrDisable, legacyForm: formOfWord, message: 'must be enable or disable.' },
  trimmed: { normalize: trim, legacyForm: untrimmed(refusedSpelling), message: 'must be a string.' },
  trimmedName: { normalize: trim, legacyForm: untrimmed(relaxedSpelling), message: 'must be a string.' },
  trimmedText: { normalize: trim, legacyForm: modern, message: 'must be a string.' },
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

function trim(text: string): string {
  return text.trim();
}

/** The forms of a text that is the same in both APIs. */
function modern(): undefined {
  return undefined;
}

function untrimmed(form: LegacyForm): Format['legacyForm'] {
  return (text) => (text.trim() === text ? undefined : form);
}

function formOfReference(text: string): LegacyForm | undefined {
  return /[/?#]/.test(text) ? refusedReference : undefined;
}

/** Find the form of an id. Clouds take one in capitals for another image, which they do not find. */
function formOfId(text: string): LegacyForm | undefined {
  return formOfReference(text) ?? (/[A-Z]/.test(text) ? refusedSpelling : undefined);
}

function formOfAddress(text: string): LegacyForm | undefined {
  return text === '' || isIPv4(text) ? undefined : refusedSpelling;
}

function formOfWord(text: string): LegacyForm | undefined {
  return isPlainCase(text) ? undefined : refusedSpelling;
}

/** Check that a word is in lower case, in capitals or begins with one: Nova lists the words that it takes in these spellings. */
export function isPlainCase(text: string): boolean {
  return /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/.test(text);
}
