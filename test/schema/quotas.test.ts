import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import { loadConfig } from '../../src/config/load.ts';
import { numbersOf } from '../../src/config/named-settings.ts';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import type { Codec } from '../../src/media/codec.ts';
import { freshReading } from './fresh-reading.ts';
import { write } from '../support/write.ts';
import { testSettings } from '../support/settings.ts';

const imageRef = '70a599e0-31e7-49b7-b260-868f441e862b';
const codecs: readonly (readonly [string, Codec])[] = [
  ['XML', xml],
  ['JSON', json],
];

/** The defaults of the settings, which are legacy Nova's limits. */
const limits = numbersOf(loadConfig(testSettings));

const files = (count: number, path = '/a', contents = ''): object => ({
  personality: Array.from({ length: count }, () => ({ path, contents })),
});
const items = (count: number): object => ({
  metadata: Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, ''])),
});

/** A request at the limit, a request one over it, and the message and retryAfter of legacy Nova's fault. */
const quotas: readonly (readonly [string, object, object, string, string | undefined])[] = [
  ['files', files(5), files(6), 'OnsetFileLimitExceeded: Personality file limit exceeded', '0'],
  [
    'characters of a path',
    files(1, 'x'.repeat(255)),
    files(1, 'x'.repeat(256)),
    'OnsetFilePathLimitExceeded: Personality file path too long',
    '0',
  ],
  [
    'characters of contents',
    files(1, '/a', 'A'.repeat(10_240)),
    files(1, '/a', 'A'.repeat(10_244)),
    'OnsetFileContentLimitExceeded: Personality file content too long',
    '0',
  ],
  [
    'characters of contents, white space counted',
    files(1, '/a', `${'A'.repeat(10_236)}    `),
    files(1, '/a', `${'A'.repeat(10_240)} `),
    'OnsetFileContentLimitExceeded: Personality file content too long',
    '0',
  ],
  [
    'metadata items',
    items(128),
    items(129),
    'MetadataLimitExceeded: Maximum number of metadata items exceeds 128',
    '0',
  ],
  [
    'characters of a metadata key',
    { metadata: { ['k'.repeat(255)]: '' } },
    { metadata: { ['k'.repeat(256)]: '' } },
    'Invalid metadata size: Metadata property key greater than 255 characters',
    undefined,
  ],
  [
    'characters of a metadata value',
    { metadata: { k: 'v'.repeat(255) } },
    { metadata: { k: 'v'.repeat(256) } },
    'Invalid metadata size: Metadata property value greater than 255 characters',
    undefined,
  ],
];

for (const [media, codec] of codecs) {
  for (const [title, allowed, over, message, retryAfter] of quotas) {
    test(`${media} may have the limit of ${title}; one more is 413 overLimit with legacy Nova's message`, () => {
      read(codec, allowed);
      assert.throws(
        () => read(codec, over),
        (error) => {
          assert.ok(error instanceof Fault);
          assert.deepEqual([error.status, error.title, error.message], [413, 'overLimit', message]);
          assert.equal(error.documentedRetryAfter, retryAfter);
          return true;
        },
      );
    });
  }
}

test('a character counts as one, however many bytes or surrogates it has', () => {
  read(json, { metadata: { k: '😀'.repeat(255), ['é'.repeat(255)]: '' } });
});

test('the message names the limit that is set', () => {
  const reading = freshReading({ limits: numbersOf(loadConfig({ ...testSettings, GATEWAY_METADATA_MAX_ITEMS: '1' })) });
  const value = { imageRef, ...items(2) };
  assert.throws(
    () => json.open(Buffer.from(JSON.stringify({ rebuild: value }))).readAs(rebuild.request, reading),
    /exceeds 1$/,
  );
});

test('a quota without a limit is not enforced', () => {
  const body = Buffer.from(JSON.stringify({ rebuild: { imageRef, ...files(1000) } }));
  assert.ok(json.open(body).readAs(rebuild.request, freshReading()));
});

function read(codec: Codec, members: object): unknown {
  const { document } = write(codec, rebuild.request, { imageRef, ...members });
  return codec.open(Buffer.from(document)).readAs(rebuild.request, freshReading({ limits }));
}
