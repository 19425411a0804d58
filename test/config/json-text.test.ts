import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { JsonTextError, readJsonText } from '../../src/config/settings/json-text.ts';

/** Read a text by JSON.parse; undefined for what it refuses. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function read(text: string): { value: unknown } | undefined {
  try {
    return { value: readJsonText(text).value };
  } catch (error) {
    assert.ok(error instanceof JsonTextError);
    return undefined;
  }
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"a"',
  '"a\\u00e9"',
  '"\\x"',
  '"',
  '1',
  '-',
  '0',
  '.5',
  'e3',
  'true',
  'nul',
  'null',
  ' ',
  '\n',
  '\u00a0',
  "'",
  '//',
  '"__proto__"',
];

test('a text is read as JSON.parse reads it, or refused as it refuses it', () => {
  const texts = fc.oneof(
    fc.json(),
    fc.json().chain((text) => fc.integer({ min: 0, max: text.length }).map((at) => text.slice(0, at))),
    fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => assert.deepEqual(read(text), parsed(text))),
    { numRuns: 3000 },
  );
});

test('members that stand twice are named by their paths', () => {
  const { twice, value } = readJsonText(
    '{"port": 1, "admin": {"port": 2, "port": 3}, "port": 4, "other": {"port": 5}}',
  );
  assert.deepEqual(twice, ['admin.port', 'port']);
  assert.deepEqual(value, { port: 4, admin: { port: 3 }, other: { port: 5 } });
});

test('a member named __proto__ is a member', () => {
  const { value } = readJsonText('{"__proto__": {"port": 1}}');
  assert.deepEqual(Object.keys(value as object), ['__proto__']);
});

const secret = 'canary-secret';
for (const [text, message] of [
  ['', 'line 1, column 1: the file ends too early'],
  [`{"a": "${secret}"`, 'line 1, column 22: the file ends too early'],
  [`{\n  "a": "${secret}"\n  "b": 1\n}`, 'line 3, column 3: a comma or } is expected'],
  [`{"a": "${secret}",\n}`, 'line 2, column 1: a comma stands before the end, where JSON has none'],
  [`{\n  // ${secret}\n}`, 'line 2, column 3: JSON has no comments'],
  [`{'${secret}': 1}`, 'line 1, column 2: JSON has double quotation marks only'],
  [`{${secret}: 1}`, 'line 1, column 2: a name in double quotation marks, or }, is expected'],
  [`{"a": ${secret}}`, 'line 1, column 7: a value is expected'],
  [`{"a" "${secret}"}`, 'line 1, column 6: a colon is expected'],
  [
    `{"a": 0440}`,
    'line 1, column 8: a number has no leading zero; write the value as a text, in double quotation marks',
  ],
  [
    `{"a": "${secret}\n"}`,
    'line 1, column 7: the text that begins here has no end on its line, or an escape that JSON does not have',
  ],
  [
    `{"a": "C:\\keys"}`,
    'line 1, column 7: the text that begins here has no end on its line, or an escape that JSON does not have',
  ],
  [`{} ${secret}`, 'line 1, column 4: the end is expected'],
  ['['.repeat(100), 'line 1, column 66: the nesting is too deep'],
] as const) {
  test(`a mistake is told by its place, without a word of the text: ${message}`, () => {
    assert.throws(() => readJsonText(text), { name: 'JsonTextError', message });
  });
}
