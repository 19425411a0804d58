import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { between, drained, open } from '../support/forwarding.ts';

const megabyte = 1024 * 1024;
const count = 50;
/** The most bytes of a stream of 50 MB that the gateway, the cloud and the caller of one process may hold. */
const mostHeld = 30 * megabyte;

const piece = Buffer.alloc(megabyte, 'streamed');
const expected = createHash('sha256');
for (let n = 0; n < count; n += 1) expected.update(piece);
const digest = expected.digest('hex');

setFlagsFromString('--expose-gc');
// The flag puts this function into new contexts.
const collectGarbage = runInNewContext('gc') as () => void;

/** The bytes of bodies that are in use. */
function held(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

/** The digest of a body, and the most that was held while it came, looked at every 5 MB. */
async function consume(message: IncomingMessage, before: number): Promise<{ hash: string; most: number }> {
  const hash = createHash('sha256');
  let size = 0;
  let most = 0;
  for await (const chunk of message) {
    const bytes = chunk as Buffer;
    hash.update(bytes);
    const marks = Math.floor(size / (5 * megabyte));
    size += bytes.length;
    if (Math.floor(size / (5 * megabyte)) > marks) most = Math.max(most, held() - before);
  }
  return { hash: hash.digest('hex'), most };
}

async function writeAll(target: NodeJS.WritableStream): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    if (!target.write(piece)) await new Promise((resolve) => target.once('drain', resolve));
  }
  target.end();
}

/** Resolve when an amount stays as it is: a stream that is not held back never pauses for as long. */
async function standsStill(amount: () => number): Promise<void> {
  for (let last = -1; amount() !== last;) {
    last = amount();
    // No event tells that the stream has stopped. Without back-pressure all 50 MB would pass in about this time.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('bodies of 50 MB pass without being held', () => {
  for (const [how, headers] of Object.entries({
    'with a length': { 'Content-Length': String(count * megabyte) },
    'in chunks': { 'Transfer-Encoding': 'chunked' },
  })) {
    test(`to the cloud, ${how}`, async () => {
      const before = held();
      const got = Promise.withResolvers<Awaited<ReturnType<typeof consume>>>();
      await between(
        (request, response) => {
          const consumed = consume(request, before);
          got.resolve(consumed);
          void consumed.then(() => response.end('thanks'));
        },
        async (gateway, cloud) => {
          const { outgoing, answer } = open(gateway.url, 'PUT', '/v2/p/images/x/file', headers);
          await writeAll(outgoing);
          assert.equal((await drained(await answer)).toString(), 'thanks');
          const { hash, most } = await got.promise;
          assert.equal(hash, digest);
          assert.ok(most < mostHeld, `${most} bytes were held`);
          const length = how === 'in chunks' ? undefined : String(count * megabyte);
          assert.equal(cloud.received[0]?.headers['content-length'], length);
        },
      );
    });

    test(`from the cloud, ${how}`, async () => {
      const before = held();
      await between(
        (_, response) => {
          response.writeHead(200, headers);
          void writeAll(response);
        },
        async (gateway) => {
          const { outgoing, answer } = open(gateway.url, 'GET', '/v2/p/images/x/file');
          outgoing.end();
          const { hash, most } = await consume(await answer, before);
          assert.equal(hash, digest);
          assert.ok(most < mostHeld, `${most} bytes were held`);
        },
      );
    });
  }

  test('the cloud has the first byte before the caller has sent the last', async () => {
    const first = Promise.withResolvers<string>();
    await between(
      (request, response) => {
        request.once('data', (chunk: Buffer) => first.resolve(chunk.toString()));
        request.on('end', () => response.end('whole'));
      },
      async (gateway) => {
        const { outgoing, answer } = open(gateway.url, 'PUT', '/v2/p/images/x/file', { 'Content-Length': '10' });
        outgoing.write('first');
        assert.equal(await first.promise, 'first');
        outgoing.end('-last');
        assert.equal((await drained(await answer)).toString(), 'whole');
      },
    );
  });

  test('a caller that does not read holds the cloud back', async () => {
    let written = 0;
    await between(
      (_, response) => {
        const write = (): void => {
          while (written < count * megabyte) {
            written += megabyte;
            if (!response.write(piece)) return void response.once('drain', write);
          }
          response.end();
        };
        write();
      },
      async (gateway) => {
        const { outgoing, answer } = open(gateway.url, 'GET', '/v2/p/images/x/file');
        outgoing.end();
        const message = await answer;
        message.pause();
        await standsStill(() => written);
        assert.ok(written < count * megabyte, `${written} bytes were taken of the cloud`);
        message.destroy();
      },
    );
  });

  test('a cloud that does not read holds the caller back', async () => {
    const arrived = Promise.withResolvers<void>();
    await between(
      () => arrived.resolve(),
      async (gateway, cloud) => {
        const { outgoing, answer } = open(gateway.url, 'PUT', '/v2/p/images/x/file', {
          'Content-Length': String(count * megabyte),
        });
        answer.catch(() => undefined);
        let written = 0;
        const write = (): void => {
          while (written < count * megabyte) {
            written += megabyte;
            if (!outgoing.write(piece)) return void outgoing.once('drain', write);
          }
        };
        write();
        await arrived.promise;
        await standsStill(() => written);
        assert.equal(cloud.received.length, 1);
        assert.ok(written < count * megabyte, `${written} bytes were taken of the caller`);
        outgoing.destroy();
      },
    );
  });
});
