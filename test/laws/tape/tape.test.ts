import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { showLimits } from '../../../src/compute/operations/limits.ts';
import { listServers, listServersDetail, showServer } from '../../../src/compute/operations/servers.ts';
import { operations } from '../../../src/compute/operations/operations.ts';
import type { Operation } from '../../../src/compute/operation.ts';
import { toDocument } from '../../../src/schema/json-document.ts';
import { listKeyOf } from '../../../src/schema/slices.ts';
import { jsonItemOf } from '../../../src/schema/tape/json/json-steps.ts';
import { programOf } from '../../../src/schema/tape/xml/compile.ts';
import type { Message } from '../../../src/schema/shapes.ts';
import type { LinkBase } from '../../../src/upstream/links.ts';
import { listBody, rebuildBody, showBody } from '../../../bench/workloads/documents.ts';
import { mutated, mutations } from '../../promises/mutations.ts';
import { fromClouds, valuesOf } from '../arbitrary.ts';
import { messages } from '../law.ts';
import { changed, changes } from './hostile.ts';
import { briefServersDocument, limitsDocument, richServerDocument, richServersDocument } from './rich-documents.ts';
import { agrees, types } from './roads.ts';

/**
 * The number of hostile documents of the long run: `TAPE_DOCUMENTS=40000 node --test test/laws/tape/tape.test.ts`. By default there
 * are enough to find a mistake that one document in a thousand shows.
 */
const documents = Number(process.env['TAPE_DOCUMENTS'] ?? 4000);
const seed = Number(process.env['TAPE_SEED'] ?? 20_140_417);

const answers = [
  ...new Set((operations as readonly Operation[]).flatMap(({ answer, otherAnswer }) => [answer, otherAnswer])),
].filter((message) => message !== undefined);
const bases: fc.Arbitrary<LinkBase> = fc.record({
  publicUrl: fc.constantFrom('http://gateway.example.com:8774', 'https://g/a&b', 'http://\u00e9'),
  version: fc.constantFrom('v2', 'v1.1', ''),
  cloudPath: fc.constantFrom('', '/compute', '/a/b'),
});

/** Compare the roads for documents, and count those that were written from a tape. */
async function compare(runs: number, property: fc.Arbitrary<readonly [Message, Buffer, LinkBase]>): Promise<number> {
  let taped = 0;
  const roads = fc.asyncProperty(property, async ([message, json, links]) => {
    for (const type of types) if (await agrees(message, json, links, type)) taped += 1;
  });
  await fc.assert(roads, { seed, numRuns: Math.ceil(runs) });
  return taped;
}

const real: readonly (readonly [Message, string])[] = [
  [showServer.answer, showBody],
  [showServer.answer, rebuildBody],
  [showServer.answer, richServerDocument],
  [showServer.answer, richServerDocument],
  [showLimits.answer, limitsDocument],
  [listServers.answer, briefServersDocument],
  [listServersDetail.answer, richServersDocument],
  [listServersDetail.answer, richServersDocument],
  [listServersDetail.answer, listBody(3)],
  [listServersDetail.answer, JSON.stringify(JSON.parse(listBody(2)), undefined, 1)],
];

test('documents of a cloud with hostile values, keys and links are written from a tape as from their values', async () => {
  const drawn = fc.tuple(fc.constantFrom(...real), changes, bases);
  const taped = await compare(
    documents / 2,
    drawn.map(([[message, text], all, base]) => [message, changed(text, all), base] as const),
  );
  assert.ok(taped > documents / 4, `${taped} were written from a tape`);
});

const ofAll = [...new Set([...answers, ...messages.map(({ message }) => message)])];
const drawnOf = new Map<Message, fc.Arbitrary<string>>();

function documentsOf(message: Message): fc.Arbitrary<string> {
  const known = drawnOf.get(message);
  if (known !== undefined) return known;
  const drawn = fc
    .tuple(valuesOf(message.content, fromClouds), fc.constantFrom('', ' ', '\n'))
    .map(([value, indent]) => JSON.stringify(toDocument(message, value), undefined, indent));
  drawnOf.set(message, drawn);
  return drawn;
}

describe('each description is written from a tape as from its values', () => {
  for (const [index, message] of ofAll.entries()) {
    test(`${index}: ${message.root}`, async () => {
      const runs = documents / 2 / ofAll.length;
      const drawn = fc.tuple(documentsOf(message), fc.oneof(fc.constant([]), changes), mutations, fc.nat(3), bases);
      await compare(
        runs,
        drawn.map(
          ([text, all, bytes, kind, base]) =>
            [message, mutated(changed(text, all), kind === 0 ? bytes : []), base] as const,
        ),
      );
    });
  }
});

const server = showServer.answer;
const deep = (depth: number): string => `{"server":{"x":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
const byHand: readonly (readonly [isTaped: boolean, json: string | Buffer])[] = [
  [true, ' {"server" : {\n"id":\t"1"} \r\n} '],
  [true, '{"x":[],"server":{"id":"1"},"y":{"server":1}}'],
  [true, '{"server":1,"server":{"id":"1","id":"2","\\u0069d":"3"}}'],
  [true, '{"server":{"id":"\\u0000","name":"\\ud800","metadata":{"2":"b","1":"a"}}}'],
  [true, '{"server":{"__proto__":1,"metadata":{"__proto__":"x"}}}'],
  [true, '{"server":{"metadata":1.0,"image":-0,"addresses":1e5,"security_groups":2.50,"id":{"a":1.0}}}'],
  [true, '{"server":{"metadata":[{"a":"1"}],"metadata":{"a":"2"}}}'],
  [true, '{"server":{"links":{"links":[{"href":"/v2/x"}]},"addresses":{"links":{"links":[{"href":"/v2/x"}]}}}}'],
  [true, deep(29)],
  [false, deep(31)],
  [false, ''],
  [false, 'null'],
  [false, '{}'],
  [false, '{"server":null}'],
  [false, '{"server":[]}'],
  [false, '{"server":{"id":"1"},"s\\u0065rver":{"id":"2"}}'],
  [false, '\uFEFF{"server":{}}'],
  [false, '{"server":{}} {}'],
  [false, '{"server":{}}\0'],
  [false, '{"server":{"id":"1",}}'],
  [false, '{"server":{"id":01}}'],
  [false, '{"server":{"id":"\\x"}}'],
  [false, '{"server":{"id":"\t"}}'],
  [false, '{"server":{"id":tru}}'],
  [false, '{"server":{"id":"1"'],
  [false, '{"server":{"id":"1'],
  [false, Buffer.from('{"server":{"id":"\xff"}}', 'latin1')],
  [false, Buffer.from('{"server":{"id":"\xed\xa0\x80"}}', 'latin1')],
];

for (const [isTaped, json] of byHand) {
  test(`${isTaped ? 'written from a tape' : 'parsed'}: ${JSON.stringify(json.toString('latin1').slice(0, 80))}`, async () => {
    const links = { publicUrl: 'http://gateway', version: 'v2', cloudPath: '' };
    for (const type of types) assert.equal(await agrees(server, Buffer.from(json), links, type), isTaped);
  });
}

for (const [format, stepsOf] of [
  ['XML', programOf],
  ['JSON', jsonItemOf],
] as const)
  test(`at least 34 of the messages that are lists have a program for ${format}`, () => {
    const lists = answers.filter((message) => listKeyOf(message) !== undefined);
    const compiled = lists.filter((message) => stepsOf(message) !== undefined);
    assert.ok(compiled.length >= 34, `${compiled.length} of ${lists.length}`);
  });

test('the documents of the benchmark are written from a tape', async () => {
  const links = { publicUrl: 'http://gateway.example.com:8774', version: 'v2', cloudPath: '' };
  for (const [message, text] of [...real, [listServersDetail.answer, listBody(1000)] as const])
    for (const type of types) assert.ok(await agrees(message, Buffer.from(text), links, type));
});
