import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { Fault } from '../../../src/fault.ts';
import type { AnswerMemory } from '../../../src/http/cloud/answer-chunks.ts';
import { decoded } from '../../../src/http/cloud/content-coding.ts';
import type { CloudAnswer } from '../../../src/upstream/cloud-answer.ts';

const text = JSON.stringify({ server: { name: 'é'.repeat(1000) } });
const plain = Buffer.from(text);
const bounds: AnswerMemory = { maxBytes: 10_000, reserve: () => undefined };

function answer(coding: string, body: Buffer, status = 200): CloudAnswer {
  return { status, headers: { 'content-encoding': coding, 'content-length': '1', 'x-other': 'y' }, body };
}

function refuse(): never {
  throw Fault.busy('is full');
}

async function refusalOf(given: CloudAnswer, limits: AnswerMemory = bounds): Promise<string> {
  const error: unknown = await decoded(given, limits).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Fault, String(error));
  assert.equal(error.status, 502);
  assert.match(error.message, /may have acted/);
  return error.reason;
}

const codings: readonly (readonly [string, Buffer])[] = [
  ['gzip', gzipSync(plain)],
  ['GZip', gzipSync(plain)],
  ['x-gzip', gzipSync(plain)],
  ['deflate', deflateSync(plain)],
  ['deflate', deflateRawSync(plain)],
  ['br', brotliCompressSync(plain)],
  ['zstd', zstdCompressSync(plain)],
  ['gzip, gzip', gzipSync(gzipSync(plain))],
  ['deflate, br', brotliCompressSync(deflateSync(plain))],
  ['identity, gzip ,', gzipSync(plain)],
  ['gzip', Buffer.concat([gzipSync(plain.subarray(0, 100)), gzipSync(plain.subarray(100))])],
];

describe('an answer with a content coding that nobody asked for', () => {
  for (const [coding, body] of codings) {
    test(`is decoded: ${coding}, ${body.length} bytes`, async () => {
      const { body: found, headers } = await decoded(answer(coding, body), bounds);
      assert.equal(found.toString('utf8'), text);
      assert.deepEqual(headers, { 'x-other': 'y' });
    });
  }

  test('stays as it is without a coding, or with one that nobody knows', async () => {
    for (const coding of ['', 'identity', 'compress', 'aes128gcm', 'gzip, compress', 'toString']) {
      const given = answer(coding, plain);
      assert.equal(await decoded(given, bounds), given);
    }
    const five = answer('gzip, gzip, gzip, gzip, gzip', plain);
    assert.equal(await decoded(five, bounds), five);
  });

  test('is no answer if it is broken', async () => {
    assert.equal(await refusalOf(answer('gzip', plain)), 'cloud-broke-off');
    assert.equal(await refusalOf(answer('gzip', gzipSync(plain).subarray(0, -5))), 'cloud-broke-off');
    assert.equal(await refusalOf(answer('br', brotliCompressSync(plain).subarray(0, -5))), 'cloud-broke-off');
    assert.equal(await refusalOf(answer('br, gzip', gzipSync(plain))), 'cloud-broke-off');
  });

  test('is empty if it has no content', async () => {
    const { body, headers } = await decoded(answer('gzip', Buffer.alloc(0), 204), bounds);
    assert.equal(body.length, 0);
    assert.equal(headers['content-encoding'], undefined);
  });

  test('keeps its status if it is a fault that cannot be decoded', async () => {
    for (const body of [plain, gzipSync(Buffer.alloc(20_000))]) {
      const given = answer('gzip', body, 404);
      assert.equal(await decoded(given, bounds), given);
    }
  });

  test('is too large if its content is, even between two codings', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    assert.equal(await refusalOf(answer('gzip', bomb)), 'cloud-too-large');
    assert.equal(await refusalOf(answer('gzip, gzip', gzipSync(bomb))), 'cloud-too-large');
  });

  test('reserves the memory of its content', async () => {
    let reserved = 0;
    await decoded(answer('gzip', gzipSync(plain)), { ...bounds, reserve: (bytes) => void (reserved += bytes) });
    assert.equal(reserved, plain.length);
    const full = { ...bounds, reserve: refuse };
    assert.equal(await refusalOf(answer('gzip', gzipSync(plain)), full), 'gateway-full');
  });
});
