import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operations } from '../../src/compute/operations/operations.ts';
import { codecFor } from '../../src/media/codecs.ts';
import { fromDocument } from '../../src/schema/json-document.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { slicesOf } from '../../src/schema/slices.ts';
import { write, writeSlices } from '../support/write.ts';

function answerOf(name: string): Message {
  const found = operations.find((operation) => operation.name === name);
  assert.ok(found !== undefined && 'answer' in found);
  return found.answer;
}

const servers = (count: number): unknown[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), name: `<${index}>`, links: [] }));

const lists: Readonly<Record<string, { operation: string; document: (count: number) => Record<string, unknown> }>> = {
  'a list with a next link': {
    operation: 'listServers',
    document: (count) => ({ servers_links: [{ rel: 'next', href: 'http://x/' }], servers: servers(count) }),
  },
  'a list without one': { operation: 'listFlavors', document: (count) => ({ flavors: servers(count) }) },
  'a list that is the whole content': {
    operation: 'listFloatingIps',
    document: (count) => ({ floating_ips: servers(count).map((_, id) => ({ id, ip: '10.0.0.1' })) }),
  },
};

describe('the slices, written one after the other, give the whole document', () => {
  for (const [what, { operation, document }] of Object.entries(lists)) {
    for (const count of [0, 1, 9, 10, 11, 20, 95]) {
      for (const type of ['application/xml', 'application/json'] as const) {
        test(`${what} of ${count} in ${type}`, () => {
          const message = answerOf(operation);
          const codec = codecFor(type);
          const value = fromDocument(message, document(count));
          const slices = [...slicesOf(message, value)];
          assert.equal(slices.length, Math.max(1, Math.ceil(count / 10)));
          const sliced = writeSlices(codec.compose(message), slices).document;
          const whole = write(codec, message, value).document;
          if (type === 'application/xml') assert.equal(sliced, whole);
          else assert.deepEqual(JSON.parse(sliced), JSON.parse(whole));
        });
      }
    }
  }
});

test('a value without a list is a single slice', () => {
  const value = { id: '1', metadata: {} };
  assert.deepEqual([...slicesOf(answerOf('showServer'), value)], [{ value, isLast: true }]);
});

test('a value in the place of a list is a single slice, which the writer refuses', () => {
  assert.deepEqual(
    [...slicesOf(answerOf('listServers'), { servers: null })],
    [{ value: { servers: null }, isLast: true }],
  );
});
