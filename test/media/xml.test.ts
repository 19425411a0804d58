import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { xml } from '../../src/media/xml.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { attribute, integer, record } from '../../src/schema/words.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { write } from '../support/write.ts';

const namespace = 'http://docs.openstack.org/compute/api/v1.1';

/** The names of legacy Nova's faults, by status. */
const names: readonly (readonly [number, string])[] = [
  [400, 'badRequest'],
  [401, 'unauthorized'],
  [402, 'computeFault'],
  [403, 'forbidden'],
  [404, 'itemNotFound'],
  [405, 'badMethod'],
  [406, 'computeFault'],
  [409, 'conflictingRequest'],
  [410, 'computeFault'],
  [413, 'overLimit'],
  [415, 'badMediaType'],
  [422, 'computeFault'],
  [429, 'overLimit'],
  [500, 'computeFault'],
  [501, 'notImplemented'],
  [502, 'computeFault'],
  [503, 'serviceUnavailable'],
  [504, 'computeFault'],
];

for (const [status, name] of names) {
  test(`the fault of ${status} is ${name}, in one element without a declaration`, () => {
    const fault = new Fault(status, 'm', { reason: 'cloud-refusal' });
    assert.equal(
      xml.writeFault(fault),
      `<${name} code="${status}" xmlns="${namespace}"><message>m</message></${name}>`,
    );
  });
}

test('a fault escapes & < > and quotes, leaves apostrophes and line feeds, and replaces characters that XML forbids', () => {
  const fault = new Fault(400, '<&>"\'\n\té😀\u0001', { reason: 'cloud-refusal' });
  assert.match(xml.writeFault(fault), /<message>&lt;&amp;&gt;&quot;'\n\té😀\uFFFD<\/message>/);
});

test('only 413 and 429 have retryAfter, in a child after the message', () => {
  for (const status of [413, 429])
    assert.match(retriable(status), /<message>m<\/message><retryAfter>0<\/retryAfter><\/overLimit>$/);
  for (const status of [400, 503]) assert.doesNotMatch(retriable(status), /retryAfter/);
});

test('a fault without a message has the default of its status', () => {
  assert.match(
    xml.writeFault(new Fault(404, undefined, { reason: 'cloud-refusal' })),
    /<message>The resource could not be found\.</,
  );
  assert.match(
    xml.writeFault(new Fault(599, undefined, { reason: 'cloud-refusal' })),
    /<message>The server has either erred/,
  );
});

test('the root is known by its local name', () => {
  for (const body of ['<reboot/>', '<c:reboot xmlns:c="u"/>', '<reboot xmlns="u"/>'])
    assert.equal(xml.open(Buffer.from(body)).action(), 'reboot');
});

test('an empty body and one of white space are malformed', () => {
  for (const body of ['', ' \n'])
    assert.throws(
      () => xml.open(Buffer.from(body)),
      (error) => error instanceof Fault && error.status === 400 && error.message.startsWith('Malformed request body: '),
    );
});

const plain: Message = { root: 'r', content: record({ n: attribute(integer()) }), namespaces: {}, extensions: {} };

test('a body with another root is malformed, or has the status of its message', () => {
  assert.throws(() => readOther(plain), hasStatus(400));
  assert.throws(() => readOther(plain), /^Fault: Malformed request body/);
  assert.throws(() => readOther({ ...plain, mismatch: 422 }), hasStatus(422));
  assert.throws(() => readOther({ ...plain, isBare: true }), hasStatus(400));
});

test('a document has a declaration, unless its message has none', () => {
  assert.equal(write(xml, plain, { n: 1 }).document, "<?xml version='1.0' encoding='UTF-8'?>\n<r n=\"1\"/>");
  assert.equal(write(xml, { ...plain, isUndeclared: true }, { n: 1 }).document, '<r n="1"/>');
});

test('a message that is bare in JSON has its root in XML, and paths without it', () => {
  const bare = { ...plain, isBare: true };
  assert.deepEqual(xml.open(Buffer.from('<r n="1"/>')).readAs(bare, freshReading()), { n: 1 });
  const reading = freshReading();
  xml.open(Buffer.from('<r m="1"/>')).readAs(bare, reading);
  assert.deepEqual(reading.unknown, ['m']);
});

function readOther(message: Message): unknown {
  return xml.open(Buffer.from('<x n="1"/>')).readAs(message, freshReading());
}

function hasStatus(status: number): (error: unknown) => boolean {
  return (error) => error instanceof Fault && error.status === status;
}

function retriable(status: number): string {
  return xml.writeFault(new Fault(status, 'm', { reason: 'cloud-refusal', retryAfter: '0' }));
}
