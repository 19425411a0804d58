import * as fc from 'fast-check';

/** Texts of links, relations and keys as clouds write them, and as none should, in JSON. */
const hrefs = [
  '"http://openstack.example.com/v2.1/p/servers/1"',
  '"http://openstack.example.com/v2.1/other/servers/1"',
  '"https://None/v2/p/images/2"',
  '"http://h/p/flavors/1"',
  '"http://h/compute/v2.1/p/servers/1"',
  '"http://h/compute/p/flavors/1"',
  '"http://h/computer/v2/p"',
  '"http://h/a/b/v2.1/p"',
  '"http:\\/\\/h\\/v2\\/p\\/x"',
  '"http://h"',
  '"http://h/"',
  '"http://h/v2.1"',
  '"http://h/v2.1?x=/v3/"',
  '"HTTP://h/V2/v2/x"',
  '"http://h/x/v2/y"',
  '"/v2/p/servers/1"',
  '"//h/v2/p"',
  '"/v2.1/"',
  '"v2/p"',
  '"http://h/v2/p?a=1&b=2"',
  '"http://h/v2/\u00e9"',
  '"http://h/\\u00e9/v2/x"',
  '"ftp://h/v2/x"',
  '"http:///v2/x"',
];
const relations = [
  '"self"',
  '"bookmark"',
  '"alternate"',
  '"describedby"',
  '"b\\u006fokmark"',
  '"alternat\\u0065"',
  '"next"',
];
const keys = [
  '"links"',
  '"l\\u0069nks"',
  '"servers_links"',
  '"_links"',
  '"id"',
  '"\\u0069d"',
  '"name"',
  '"href"',
  '"hr\\u0065f"',
  '"rel"',
  '"metadata"',
  '"addresses"',
  '"image"',
  '"server"',
  '"servers"',
  '"s\\u0065rver"',
  '"OS-EXT-SRV-ATTR:host"',
  '"0"',
  '"17"',
  '"007"',
  '"-1"',
  '"4294967295"',
  '"__proto__"',
  '"constructor"',
  '""',
  '"a b"',
  '"a&b<\\u0022"',
  '"\u00e9"',
  '"a\\u0000"',
];
const values = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.0',
  '1.50',
  '1e5',
  '1E400',
  '-1e-7',
  '0.0000001',
  '123456789012345678901',
  '""',
  '" "',
  '"a&b<c>\'\\""',
  '"\\t\\n\\r"',
  '"\\u0000"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\u2028"',
  '"\uFFFE"',
  '"\u{1F600}"',
  '"\u00e9\u4e2d"',
  '"\\/"',
  '"\\b\\f"',
  '"]]>"',
  '"None"',
  '"2016-09-19T01:13:41.000000"',
  '"2016-09-19T01:13:41.000001"',
  '"2016-09-19T01:13:41Z"',
  '"2016-09-19T01:13:41.0000000"',
  '"\x7f"',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '[{}]',
  '[1,"a"]',
  '{"a":1}',
  '{"1":"x","0":"y"}',
  '{"a":1,"a":2}',
  '{"a":{"b":[{}]}}',
  '[{"a":[{"addr":"1","version":4}]}]',
  '[{"addr":"1","version":4}]',
  '{"links":[{"addr":"2","version":6}]}',
  '{"links":[{"href":"http://h/v2/x","rel":"self"}]}',
  '[{"href":"http://h/v2/x"}]',
  '{"x_links":[{"href":"/v2/x"}]}',
  '{"links":{"links":[{"href":"/v2/x"}]}}',
  '[{"rel":"self","links":[{"href":"/v2/x"}]}]',
  '[[{"href":"/v2/x"}]]',
  `${'['.repeat(31)}${']'.repeat(31)}`,
  `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`,
];
/** Bytes that break a document, or nearly. */
const breaks = [
  '',
  ' ',
  '\n',
  ',',
  ':',
  '[',
  ']',
  '{',
  '}',
  '"',
  '\\',
  '\uFEFF',
  '\0',
  '01',
  '+1',
  '.5',
  '1.',
  'nul',
  'NaN',
  '"\t"',
  '"\\x"',
];

/** A change of a document: a token replaced by another, or a member or item put before it. */
interface Change {
  readonly at: number;
  readonly kind: 'value' | 'member' | 'item' | 'break' | 'end' | 'repeat' | 'byte';
  readonly key: string;
  readonly value: string;
  readonly piece: string;
}

const anyValue = fc.oneof(
  { arbitrary: fc.constantFrom(...values), weight: 5 },
  { arbitrary: fc.constantFrom(...hrefs), weight: 3 },
  { arbitrary: fc.constantFrom(...relations), weight: 1 },
);
const change: fc.Arbitrary<Change> = fc.record({
  // A drawn fraction would nearly always be close to 0.
  at: fc.nat({ max: 9999 }).map((part) => part / 10_000),
  kind: fc.constantFrom(
    'value',
    'value',
    'value',
    'member',
    'member',
    'item',
    'repeat',
    'repeat',
    'break',
    'end',
    'byte',
  ),
  key: fc.constantFrom(...keys),
  value: anyValue,
  piece: fc.constantFrom(...breaks),
});

/** Some changes, mostly of values. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(change, { maxLength: 5 });

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Change a JSON document. */
export function changed(document: string, all: readonly Change[]): Buffer {
  let text = document;
  let isBroken = false;
  for (const one of all) {
    text = changeOne(text, one);
    isBroken ||= one.kind === 'byte';
  }
  const bytes = Buffer.from(text);
  // A byte that is no UTF-8.
  if (isBroken && bytes.length > 0) bytes[Math.floor((all[0]?.at ?? 0) * bytes.length)] = 0xff;
  return bytes;
}

function changeOne(text: string, change: Change): string {
  const { at, kind, key, value, piece } = change;
  const found = [...text.matchAll(tokens)];
  const index = Math.floor(at * found.length);
  const token = found[index];
  if (token === undefined) return piece;
  const [head, tail] = [text.slice(0, token.index), text.slice(token.index + token[0].length)];
  const isKey = found[index + 1]?.[0] === ':';
  switch (kind) {
    case 'byte':
      return text;
    case 'end':
      return text + piece;
    case 'break':
      return head + piece + tail;
    case 'item':
      return token[0] === '[' ? `${head}[${value}${separator(tail, ']')}${tail}` : text;
    case 'member':
      return token[0] === '{' ? `${head}{${key}:${value}${separator(tail, '}')}${tail}` : text;
    case 'repeat':
      return isKey ? `${head}${token[0]}:${value},${token[0]}${tail}` : text;
    case 'value':
      return replaced(text, token[0], head, isKey ? key : value, tail);
    default:
      return kind satisfies never;
  }
}

/** Replace a token that is no sign. */
function replaced(text: string, token: string, head: string, other: string, tail: string): string {
  return /^[{}[\],:]$/.test(token) ? text : head + other + tail;
}

/** The sign between a new first member or item and what is behind it. */
function separator(tail: string, end: string): string {
  return tail.trimStart().startsWith(end) ? '' : ',';
}
