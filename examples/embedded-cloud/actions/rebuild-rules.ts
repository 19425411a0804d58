import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { base64Bytes } from '../python/base64.ts';
import {
  type Member,
  type Refusal,
  type Rule,
  accept,
  isObject,
  member,
  readMembers,
  refuse,
  unexpectedMembers,
} from '../validation/request-member.ts';
import { repr } from '../python/repr.ts';
import { atLeast, atMost, format, list, pattern, text } from '../validation/rules.ts';

/** A file of `personality`; the schema requires neither member. */
export interface InjectedFile {
  path?: string;
  contents?: string;
}

/** An image by its UUID; every spelling of one passes, a URL does not. */
export const uuid = text(format('uuid', isUuidLike));

/** An IPv4 address in dotted form without leading zeros. */
export const ipv4 = text(format('ipv4', isIPv4));

/** An IPv6 address without zone or prefix, brought to its canonical spelling. */
export const ipv6: Rule<string> = (value, path, scope) => {
  const verdict = text(format('ipv6', (given) => isIPv6(given) && !given.includes('%')))(value, path, scope);
  if (verdict.kind === 'refused') return verdict;
  return accept(new SocketAddress({ address: verdict.value, family: 'ipv6' }).address);
};

/** 1 to 255 printable characters of the first plane; white space at the ends only behind `/v2`. */
export const serverName: Rule<string> = (value, path, scope) => {
  const verdict = text(atLeast(1), atMost(255))(value, path, scope);
  if (verdict.kind === 'refused') return verdict;
  const { expression, must } = scope.legacy ? LEGACY_NAME : NAME;
  if (expression.test(verdict.value)) return verdict;
  const message = `An invalid 'name' value was provided. The name must be: ${must}`;
  return { kind: 'refused', refusals: [{ depth: path.length, message }] };
};

const PRINTABLE = String.raw`[^\p{C}\p{Zl}\p{Zp}\u{10000}-\u{10ffff}]`;
const VISIBLE = String.raw`[^\p{C}\p{Z}\u{10000}-\u{10ffff}]`;
const NAME = {
  expression: new RegExp(`^${VISIBLE}(?:${PRINTABLE}*${VISIBLE})?$`, 'u'),
  must: 'printable characters. Can not start or end with whitespace.',
};
const LEGACY_NAME = {
  expression: new RegExp(`^${PRINTABLE}*${VISIBLE}${PRINTABLE}*$`, 'u'),
  must: 'printable characters with at least one non space character',
};

/** At most 255 printable characters, none at all included. */
export const description = text(atMost(255), pattern(new RegExp(`^${PRINTABLE}*$`, 'u'), '^[printable characters]*$'));

/** 2 to 63 letters, digits and inner hyphens. */
export const hostname = text(
  atLeast(2),
  atMost(63),
  pattern(/^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$/, '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$'),
);

/** Base64 of at most 65535 characters, white space counted. */
export const userData = text(base64(), atMost(65_535));

/** 1 to 50 different certificate ids. */
export const certificates = list(text(atLeast(1)), (items) => {
  if (items.length < 1) return '[] is too short';
  if (items.length > 50) return `${repr(items)} is too long`;
  return new Set(items.map(repr)).size < items.length ? `${repr(items)} has non-unique elements` : undefined;
});

/** An object of strings of at most 255 characters under keys of Nova's alphabet, blanks allowed. */
export const metadata: Rule<Readonly<Record<string, string>>> = (value, path, scope) => {
  if (!isObject(value)) return refuse(path, value, `${repr(value)} is not of type 'object'`);
  const strangers = Object.keys(value).filter((key) => !/^[a-zA-Z0-9\-_:. ]{1,255}$/.test(key));
  if (strangers.length > 0) {
    return refuse(path, value, scope.legacy ? unexpectedMembers(strangers) : unmatchedKeys(strangers));
  }
  const entries: [string, string][] = [];
  const refusals: Refusal[] = [];
  for (const [key, item] of Object.entries(value)) {
    const verdict = text(atMost(255))(item, [...path, key], scope);
    if (verdict.kind === 'accepted') entries.push([key, verdict.value]);
    else refusals.push(...verdict.refusals);
  }
  return refusals.length > 0 ? { kind: 'refused', refusals } : accept(Object.fromEntries(entries));
};

/** Files to write into the server, their contents in lenient base64. */
export const personality = list<InjectedFile>(
  (value, path, scope) => {
    const file: InjectedFile = {};
    const refusals = readMembers(FILE_MEMBERS, value, path, file, scope);
    return refusals.length === 0 ? accept(file) : { kind: 'refused', refusals };
  },
  () => undefined,
);

const FILE_MEMBERS: readonly Member<InjectedFile>[] = [
  member('path', text(), 'path'),
  member('contents', text(base64()), 'contents'),
];

function base64(): (given: string) => string | undefined {
  return format('base64', (given) => base64Bytes(given) !== undefined);
}

function isUuidLike(given: string): boolean {
  const digits = given
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(digits);
}

function unmatchedKeys(keys: readonly string[]): string {
  const verb = keys.length === 1 ? 'does' : 'do';
  return `${keys.map(repr).join(', ')} ${verb} not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'`;
}
