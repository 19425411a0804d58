import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { base64Bytes } from '../python/base64.ts';
import {
  type RequestMember,
  type Refusal,
  type Rule,
  accepted,
  isObject,
  member,
  readMembers,
  refused,
  unexpectedMembers,
} from '../validation/request-member.ts';
import { repr } from '../python/repr.ts';
import { atLeast, atMost, format, listRule, matchesPattern, stringRule } from '../validation/rules.ts';

/** A file of `personality`; the schema requires neither member. */
export interface PersonalityFile {
  path?: string;
  contents?: string;
}

/** An image by its UUID; every spelling of one passes, a URL does not. */
export const uuidRule = stringRule(format('uuid', isUuidLike));

/** An IPv4 address in dotted form without leading zeros. */
export const ipv4Rule = stringRule(format('ipv4', isIPv4));

/** An IPv6 address without zone or prefix, brought to its canonical spelling. */
export const ipv6Rule: Rule<string> = (value, path, scope) => {
  const verdict = stringRule(format('ipv6', (given) => isIPv6(given) && !given.includes('%')))(value, path, scope);
  if (verdict.kind === 'refused') return verdict;
  return accepted(new SocketAddress({ address: verdict.value, family: 'ipv6' }).address);
};

/** 1 to 255 printable characters of the first plane; white space at the ends only behind `/v2`. */
export const serverNameRule: Rule<string> = (value, path, scope) => {
  const verdict = stringRule(atLeast(1), atMost(255))(value, path, scope);
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
export const descriptionRule = stringRule(
  atMost(255),
  matchesPattern(new RegExp(`^${PRINTABLE}*$`, 'u'), '^[printable characters]*$'),
);

/** 2 to 63 letters, digits and inner hyphens. */
export const hostnameRule = stringRule(
  atLeast(2),
  atMost(63),
  matchesPattern(/^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$/, '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$'),
);

/** Base64 of at most 65535 characters, white space counted. */
export const userDataRule = stringRule(base64(), atMost(65_535));

/** 1 to 50 different certificate ids. */
export const certificatesRule = listRule(stringRule(atLeast(1)), (items) => {
  if (items.length < 1) return '[] is too short';
  if (items.length > 50) return `${repr(items)} is too long`;
  return new Set(items.map(repr)).size < items.length ? `${repr(items)} has non-unique elements` : undefined;
});

/** An object of strings of at most 255 characters under keys of Nova's alphabet, blanks allowed. */
export const metadataRule: Rule<Readonly<Record<string, string>>> = (value, path, scope) => {
  if (!isObject(value)) return refused(path, value, `${repr(value)} is not of type 'object'`);
  const strangers = Object.keys(value).filter((key) => !/^[a-zA-Z0-9\-_:. ]{1,255}$/.test(key));
  if (strangers.length > 0) {
    return refused(path, value, scope.legacy ? unexpectedMembers(strangers) : unmatchedKeys(strangers));
  }
  const entries: [string, string][] = [];
  const refusals: Refusal[] = [];
  for (const [key, item] of Object.entries(value)) {
    const verdict = stringRule(atMost(255))(item, [...path, key], scope);
    if (verdict.kind === 'accepted') entries.push([key, verdict.value]);
    else refusals.push(...verdict.refusals);
  }
  return refusals.length > 0 ? { kind: 'refused', refusals } : accepted(Object.fromEntries(entries));
};

/** Files to write into the server, their contents in lenient base64. */
export const personalityRule = listRule<PersonalityFile>(
  (value, path, scope) => {
    const file: PersonalityFile = {};
    const refusals = readMembers(FILE_MEMBERS, value, path, file, scope);
    return refusals.length === 0 ? accepted(file) : { kind: 'refused', refusals };
  },
  () => undefined,
);

const FILE_MEMBERS: readonly RequestMember<PersonalityFile>[] = [
  member('path', stringRule(), 'path'),
  member('contents', stringRule(base64()), 'contents'),
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
