import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';

/** legacy-xml.md 2, "JSON side": the body, the status, the fault's message. */
const malformed = /^Malformed request body/;
const missing = /^The resource could not be found\.$/;
const odd: readonly (readonly [string, number, RegExp])[] = [
  ['', 400, malformed],
  [' \n', 400, malformed],
  ['{', 400, malformed],
  ['<rebuild/>', 400, malformed],
  ["{'rebuild': {}}", 400, malformed],
  ['{"rebuild": {}} x', 400, malformed],
  ['{}', 400, malformed],
  ['{"rebuild": {}, "x": 1}', 400, malformed],
  ['[]', 400, malformed],
  ['["rebuild", "x"]', 400, malformed],
  ['""', 400, malformed],
  ['"rebuild"', 400, malformed],
  ['["rebuild"]', 404, missing],
  ['[{"rebuild": {}}]', 404, missing],
  ['"x"', 404, missing],
  ['"😀"', 404, missing],
  ['1', 404, missing],
  ['1.5', 404, missing],
  ['true', 404, missing],
  ['null', 404, missing],
];

for (const [body, status, message] of odd) {
  test(`the JSON body ${JSON.stringify(body)} is ${status}`, () => {
    assert.throws(
      () => json.open(Buffer.from(body)),
      (error) => error instanceof Fault && error.status === status && message.test(error.message),
    );
  });
}

test('bytes that are no UTF-8 are malformed', () => {
  assert.throws(() => json.open(Buffer.from('{"rebuild": "\xE9"}', 'latin1')), isMalformed);
  assert.throws(() => json.open(Buffer.from('{"rebuild": {}}', 'utf16le')), isMalformed);
});

test('what is malformed is not quoted', () => {
  assert.throws(
    () => json.open(Buffer.from('{"rebuild": {"adminPass": "seekr3t" "x"}}')),
    (error) => error instanceof Fault && !error.message.includes('seekr3t') && error.cause === undefined,
  );
});

test('the sole member names the action', () => {
  assert.equal(json.open(Buffer.from('{"rebuild": null}')).root, 'rebuild');
  assert.equal(json.open(Buffer.from('{"__proto__": null}')).root, '__proto__');
  assert.equal(json.open(Buffer.from('{"a": 1, "a": 2}')).root, 'a');
});

test('faults are written as legacy Nova wrote them', () => {
  const plain = new Fault(404, 'No "x"', { reason: 'test', retryAfter: '9' });
  assert.equal(json.writeFault(plain), '{"itemNotFound":{"message":"No \\"x\\"","code":404}}');
  const over = new Fault(413, 'much', { reason: 'test', retryAfter: '0' });
  assert.equal(json.writeFault(over), '{"overLimit":{"message":"much","code":413,"retryAfter":"0"}}');
});

function isMalformed(error: unknown): boolean {
  return error instanceof Fault && error.status === 400 && malformed.test(error.message);
}
