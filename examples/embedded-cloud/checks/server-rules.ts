import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { base64Bytes } from '../python/base64.ts';
import { repr } from '../python/repr.ts';
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
import { atLeast, atMost, format, listRule, matchesPattern, stringRule } from '../validation/rules.ts';

/** A file of `personality`; the schema requires neither member. */
export interface PersonalityFile {
  path?: string;
  contents?: string;
}

/** Accepts a UUID in any spelling, but no URL. */
export const uuidRule = stringRule(format('uuid', isUuidLike));

/** Accepts a dotted IPv4 address without leading zeros. */
export const ipv4Rule = stringRule(format('ipv4', isIPv4));

/** Accepts an IPv6 address without zone or prefix and converts it to its canonical spelling. */
export const ipv6Rule: Rule<string> = (value, path, scope) => {
  const result = stringRule(format('ipv6', (given) => isIPv6(given) && !given.includes('%')))(value, path, scope);
  if (result.kind === 'refused') return result;
  return accepted(new SocketAddress({ address: result.value, family: 'ipv6' }).address);
};

/** Accepts 1 to 255 printable characters of the basic multilingual plane; `/v2` also allows white space at both ends. */
export const serverNameRule: Rule<string> = (value, path, scope) => {
  const result = stringRule(atLeast(1), atMost(255))(value, path, scope);
  if (result.kind === 'refused') return result;
  const { expression, must } = scope.legacy ? LEGACY_NAME : NAME;
  if (expression.test(result.value)) return result;
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

/** Accepts up to 255 printable characters. */
export const descriptionRule = stringRule(
  atMost(255),
  matchesPattern(new RegExp(`^${PRINTABLE}*$`, 'u'), '^[printable characters]*$'),
);

/** Accepts 2 to 63 letters, digits and inner hyphens. */
export const hostnameRule = stringRule(
  atLeast(2),
  atMost(63),
  matchesPattern(/^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$/, '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$'),
);

/** Accepts up to 65535 characters of base64, including white space. */
export const userDataRule = stringRule(base64(), atMost(65_535));

/** Accepts 1 to 50 different certificate ids. */
export const certificatesRule = listRule(stringRule(atLeast(1)), (items) => {
  if (items.length < 1) return '[] is too short';
  if (items.length > 50) return `${repr(items)} is too long`;
  return new Set(items.map(repr)).size < items.length ? `${repr(items)} has non-unique elements` : undefined;
});

/** Accepts an object of strings up to 255 characters; keys may have letters, digits, spaces and `-_:.`. */
export const metadataRule: Rule<Readonly<Record<string, string>>> = (value, path, scope) => {
  if (!isObject(value)) return refused(path, value, `${repr(value)} is not of type 'object'`);
  const unmatched = Object.keys(value).filter((key) => !/^[a-zA-Z0-9\-_:. ]{1,255}$/.test(key));
  if (unmatched.length > 0) {
    return refused(path, value, scope.legacy ? unexpectedMembers(unmatched) : unmatchedKeys(unmatched));
  }
  const entries: [string, string][] = [];
  const refusals: Refusal[] = [];
  for (const [key, item] of Object.entries(value)) {
    const result = stringRule(atMost(255))(item, [...path, key], scope);
    if (result.kind === 'accepted') entries.push([key, result.value]);
    else refusals.push(...result.refusals);
  }
  return refusals.length > 0 ? { kind: 'refused', refusals } : accepted(Object.fromEntries(entries));
};

/** Accepts a list of files with contents in lenient base64. */
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
