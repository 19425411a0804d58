import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactMessage } from '../../../src/upstream/faults/redact-message.ts';

/** A secret, and Nova's quotation of it in Python's repr, which uses double quotes if the text has only single quotes. */
const python: readonly (readonly [string, string])[] = [
  ['seekr3t', "'seekr3t'"],
  ["it's one", '"it\'s one"'],
  ['say "hi"', '\'say "hi"\''],
  ['it\'s "both"', "'it\\'s \"both\"'"],
  ['back\\slash', "'back\\\\slash'"],
  ['line\nfeed', "'line\\nfeed'"],
  ['carriage\rreturn', "'carriage\\rreturn'"],
  ['tab\tulator', "'tab\\tulator'"],
  ['control\u0001', "'control\\x01'"],
  ['escape\u001Bd', "'escape\\x1bd'"],
  ['bell\bd', "'bell\\x08d'"],
  ['form\ffeed', "'form\\x0cfeed'"],
  ['delete\u007Fd', "'delete\\x7fd'"],
  ['no\u00A0break', "'no\\xa0break'"],
  ['soft\u00ADhyphen', "'soft\\xadhyphen'"],
  ['zero\u200Bwidth', "'zero\\u200bwidth'"],
  ['separated\u2028lines', "'separated\\u2028lines'"],
  ['pässwörd€', "'pässwörd€'"],
  ['emoji😀secret', "'emoji😀secret'"],
];

for (const [secret, quoted] of python) {
  test(`${JSON.stringify(secret)} is masked raw, in JSON and as Python's ${quoted}`, () => {
    for (const spelling of [secret, JSON.stringify(secret), quoted]) {
      const message = redactMessage(`Value: {'adminPass': ${spelling}, 'x': 1}. no`, [secret]);
      assert.match(message, /^Value: \{'adminPass': ['"]?\*\*\*['"]?, 'x': 1\}\. no$/);
    }
  });
}

test('every occurrence is masked', () => {
  assert.equal(redactMessage('seekr3t, seekr3t and xseekr3tx', ['seekr3t']), '***, *** and x***x');
});

test('a secret that contains another is masked as a whole', () => {
  assert.equal(redactMessage('longer-secret and secret', ['secret', 'longer-secret']), '*** and ***');
});

test('a short secret is masked only as a whole word', () => {
  assert.equal(redactMessage('bad \'a\' or "a"', ['a']), 'bad \'***\' or "***"');
  assert.equal(
    redactMessage("Value: 'abc'. abc is bad, abcd is not", ['abc']),
    "Value: '***'. *** is bad, abcd is not",
  );
});

test('an empty secret masks nothing', () => assert.equal(redactMessage("'' is too short", ['']), "'' is too short"));

test('a secret that is a pattern is matched as a text', () => {
  assert.equal(redactMessage('aaaa .*+$& bbbb', ['.*+$&']), 'aaaa *** bbbb');
});

test('a message without secrets stays as it is', () => {
  assert.equal(redactMessage('Instance x is locked', ['seekr3t']), 'Instance x is locked');
  assert.equal(redactMessage('', ['seekr3t']), '');
});

test('a message is cut after masking, so that no part of a secret is left', () => {
  const secret = 's3cr3t-'.repeat(50);
  assert.doesNotMatch(redactMessage(`${'x'.repeat(3900)}${secret}`, [secret]), /s3cr3t/);
  assert.ok(redactMessage('x'.repeat(5000), []).length <= 4003);
});

// Holds utf8Of of undo-escapes.ts: without ASCII there are no letters by which a quotation is found otherwise.
test('a secret without a letter of ASCII is masked in the bytes of UTF-8, in the escapes of URLs and of Python', () => {
  const secret = 'пароль';
  const bytes = [...Buffer.from(secret)].map((byte) => byte.toString(16).toUpperCase());
  for (const quoted of [bytes.map((byte) => `%${byte}`), bytes.map((byte) => String.raw`\x${byte.toLowerCase()}`)])
    assert.equal(redactMessage(`Invalid: "${quoted.join('')}"`, [secret]), 'Invalid: "***"');
});
