import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { Fault } from '../../src/fault.ts';
import type { Codec } from '../../src/media/codec.ts';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { readSamples } from '../../tools/coverage-api/pairs.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { noRecordings, recordedFolder } from '../support/vectors.ts';

/** The messages of requests. A message that is named by its key has any root, and so fits every document. */
const requests = [...new Set((operations as readonly Operation[]).flatMap(({ request }) => request ?? []))].filter(
  ({ isRootless }) => isRootless !== true,
);

/** The members that each sample loses; legacy Nova lost them as well. */
const losses: Readonly<Record<string, readonly string[]>> = {
  // It has the names of the answer; a request has other names.
  'os-volumes/os-volumes-post-req in XML': ['displayDescription', 'availabilityZone', 'displayName'].map(
    (name) => `volume.${name}`,
  ),
  // It is an answer, published under the name of a request.
  'OS-EXT-AZ/server-post-req in XML': ['id', 'adminPass', 'metadata', 'link'].map((name) => `server.${name}`),
};

/** Read a document as each request with its root, and find what the best of them leaves out with a note. */
function lostIn(codec: Codec, document: string): readonly string[] | undefined {
  const body = Buffer.from(document);
  const lost = requests.flatMap((message) => notesOf(codec, body, message) ?? []);
  return lost.toSorted((a, b) => a.length - b.length)[0];
}

/** The notes on reading a document as a message; undefined if it is another message. */
function notesOf(codec: Codec, body: Buffer, message: Message): readonly (readonly string[])[] | undefined {
  const reading = freshReading();
  try {
    if (codec.open(body).action() !== message.root) return undefined;
    codec.open(body).readAs(message, reading);
  } catch (error) {
    assert.ok(error instanceof Fault);
    return undefined;
  }
  return [reading.unknown];
}

describe('samples of requests with strict handling', { skip: noRecordings }, () => {
  const pairs = noRecordings === false ? readSamples(recordedFolder('samples')).pairs : [];
  const samples = pairs
    .filter(({ name }) => /-req$|^[\w-]+\/[\w-]*(?:action|admin-actions)[\w-]*$/.test(name) && !name.endsWith('-resp'))
    .flatMap(({ name, xml: document, json: value }) => [
      { name: `${name} in XML`, lost: lostIn(xml, document) },
      { name: `${name} in JSON`, lost: lostIn(json, JSON.stringify(value)) },
    ])
    .filter(({ lost }) => lost !== undefined);

  for (const { name, lost } of samples) {
    test(`${name} loses ${losses[name] === undefined ? 'nothing' : 'what legacy Nova lost'}`, () => {
      assert.deepEqual([...new Set(lost)], losses[name] ?? []);
    });
  }

  test('there are such samples, and each known loss is of one', () => {
    assert.ok(samples.length > 100, String(samples.length));
    const names = new Set(samples.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(losses).filter((name) => !names.has(name)),
      [],
    );
  });
});
