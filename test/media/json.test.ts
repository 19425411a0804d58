import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { attribute, integer, nothing, record, string } from '../../src/schema/words.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { write } from '../support/write.ts';

/** The body, and the status and message of legacy Nova's fault. */
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
      () => json.open(Buffer.from(body)).action(),
      (error) => error instanceof Fault && error.status === status && message.test(error.message),
    );
  });
}

test('bytes that are no UTF-8 are a malformed body', () => {
  assert.throws(() => json.open(Buffer.from('{"rebuild": "\xE9"}', 'latin1')), isMalformed);
  assert.throws(() => json.open(Buffer.from('{"rebuild": {}}', 'utf16le')), isMalformed);
});

test('the fault of a malformed body does not quote it', () => {
  assert.throws(
    () => json.open(Buffer.from('{"rebuild": {"adminPass": "seekr3t" "x"}}')),
    (error) => error instanceof Fault && !error.message.includes('seekr3t') && error.cause === undefined,
  );
});

test('the only member names the action', () => {
  assert.equal(json.open(Buffer.from('{"rebuild": null}')).action(), 'rebuild');
  assert.equal(json.open(Buffer.from('{"__proto__": null}')).action(), '__proto__');
  assert.equal(json.open(Buffer.from('{"a": 1, "a": 2}')).action(), 'a');
});

test('faults are written as legacy Nova wrote them', () => {
  const plain = new Fault(404, 'No "x"', { reason: 'cloud-refusal', retryAfter: '9' });
  assert.equal(json.writeFault(plain), '{"itemNotFound":{"message":"No \\"x\\"","code":404}}');
  const over = new Fault(413, 'much', { reason: 'cloud-refusal', retryAfter: '0' });
  assert.equal(json.writeFault(over), '{"overLimit":{"message":"much","code":413,"retryAfter":"0"}}');
});

const plain: Message = { root: 'r', content: record({ n: attribute(integer()) }), namespaces: {}, extensions: {} };

test('a body without the root is malformed, or has the status of its message', () => {
  for (const body of ['{}', '{"x": {}}', '[]', '1', 'null', '"r"', '{"n": 1}']) {
    const read = (message: Message): unknown => json.open(Buffer.from(body)).readAs(message, freshReading());
    assert.throws(() => read(plain), isMalformed);
    assert.throws(
      () => read({ ...plain, mismatch: 422 }),
      (error) => error instanceof Fault && error.status === 422 && error.title === 'computeFault',
    );
  }
});

test('other members beside the root are ignored, with a note even where unknown members are kept', () => {
  const reading = freshReading({ keepUnknown: true });
  assert.deepEqual(json.open(Buffer.from('{"x": 1, "r": {"n": 2}}')).readAs(plain, reading), { n: 2 });
  assert.deepEqual(
    reading.passedOver.map(({ path }) => path),
    ['x'],
  );
});

test('a bare body is the content, and its paths have no root', () => {
  const bare = { ...plain, isBare: true };
  assert.deepEqual(json.open(Buffer.from('{"n": 2}')).readAs(bare, freshReading()), { n: 2 });
  assert.equal(write(json, bare, { n: 2, m: 3 }).document, '{"n":2}');
  const reading = freshReading();
  json.open(Buffer.from('{"m": 2}')).readAs(bare, reading);
  assert.deepEqual(reading.unknown, ['m']);
  assert.throws(
    () => json.open(Buffer.from('{"n": "x"}')).readAs(bare, freshReading()),
    /^Fault: n: must be an integer/,
  );
});

test('numbers keep their digits from the body to the document', () => {
  const value = json.open(Buffer.from('{"r": {"n": 9223372036854775808}}')).readAs(plain, freshReading());
  assert.equal(write(json, plain, value).document, '{"r":{"n":9223372036854775808}}');
});

test('nothing is null, and a text is a text', () => {
  const pause: Message = { ...plain, root: 'pause', content: nothing() };
  assert.equal(json.open(Buffer.from('{"pause": {"x": 1}}')).readAs(pause, freshReading()), null);
  assert.equal(write(json, pause, null).document, '{"pause":null}');
  assert.equal(write(json, { ...plain, content: string() }, 'x').document, '{"r":"x"}');
});

function isMalformed(error: unknown): boolean {
  return error instanceof Fault && error.status === 400 && malformed.test(error.message);
}
