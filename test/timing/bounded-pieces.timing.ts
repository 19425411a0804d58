import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { streamedAnswer } from '../../src/http/forward/by-proxy.ts';
import { EndSignal } from '../../src/http/exchange/end.ts';
import { readShortAnswer } from '../../src/http/forward/read/short-answer.ts';
import { between } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { actionPath, plainRebuild, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { inTime } from '../support/in-time.ts';
import { measured } from './measured.ts';
import { dial } from '../promises/dialled.ts';
import { startGatewayApart, type GatewayApart } from '../promises/gateway-apart.ts';

const megabyte = 1024 * 1024;

setFlagsFromString('--expose-gc');
// The flag puts this function into new contexts.
const collectGarbage = runInNewContext('gc') as () => void;

/** Collect garbage, and return the size of the heap, in bytes. */
function held(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Make a chunked body that begins with a number of spaces, each in a chunk of its own. */
const inChunks = (spaces: number, end: string): string =>
  `${'1\r\n \r\n'.repeat(spaces)}${end.length.toString(16)}\r\n${end}\r\n0\r\n\r\n`;

type Cloud = Parameters<typeof between>[0];

const answering: Cloud = (request, response) =>
  void request.resume().once('end', () => {
    response.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
  });
/** Answer at such a length that a thread translates it: with the thread come 70 MB, which are those of no answer. */
const answeringLong: Cloud = (request, response) =>
  void request.resume().once('end', () => {
    response.writeHead(202, { 'Content-Type': 'application/json' }).end(' '.repeat(1_000_000) + serverDocument);
  });

/** Measure the largest growth of a gateway's process during a call. */
async function growth(cloud: Cloud, play: (gateway: GatewayApart) => Promise<void>): Promise<number> {
  let [most, asked] = [0, 0];
  const handle: Cloud = (request, response) => (asked++ === 0 ? answeringLong : cloud)(request, response);
  await between(handle, async (_, { url }) => {
    const gateway = await startGatewayApart(url, { GATEWAY_UPSTREAM_PROFILE: 'nova' });
    try {
      // One request before the measurement, so that the code has been loaded and compiled.
      await call(gateway.url, rebuildRequest('json', ' '.repeat(50_000) + plainRebuild.json));
      const before = await gateway.memory();
      await play(gateway);
      most = (await gateway.memory()).mostRss - before.rss;
    } finally {
      await gateway.stop();
    }
  });
  return most;
}

// A buffer of one byte takes two hundred, of which no limit would know.
describe('what comes byte by byte takes memory by its bytes and not by its pieces', () => {
  // Holds the ChunkBuffer of read-body.ts.
  measured('20 bodies of callers in 50,000 chunks each', async () => {
    const most = await growth(answering, async (gateway) => {
      const body = inChunks(50_000, plainRebuild.json);
      const head = `POST ${actionPath} HTTP/1.1\r\nHost: g\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
      const callers = await Promise.all(Array.from({ length: 20 }, () => dial(gateway.url)));
      for (const { socket } of callers) socket.write(head + body);
      for (const { ended } of callers) assert.match(await inTime(ended, 'no answer'), /^HTTP\/1\.1 202 /);
    });
    console.log(`# 20 bodies in 50,000 chunks each: ${Math.round(most / megabyte)} MiB at the most`);
    assert.ok(most < 100 * megabyte, `${most} bytes more`);
  });

  // Holds the AnswerChunks of send-whole.ts.
  measured('an answer in 1,000,000 chunks that is translated', async () => {
    const head =
      'HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
    const most = await growth(
      (request) =>
        void request.resume().once('end', () => request.socket.end(head + inChunks(1_000_000, serverDocument))),
      async (gateway) => {
        const { status } = await call(gateway.url, rebuildRequest('xml'));
        assert.equal(status, 202);
      },
    );
    console.log(`# an answer in 1,000,000 chunks: ${Math.round(most / megabyte)} MiB at the most`);
    assert.ok(most < 60 * megabyte, `${most} bytes more`);
  });

  // Holds the AnswerChunks of whole-answer.ts. Node's own stream joins pieces that arrive together, so here each arrives alone.
  // A fault of more than 64 KiB would lose its text.
  measured('a fault in 60,000 chunks that is forwarded', async () => {
    const [pieces, limit] = [60_000, 4.2 * megabyte];
    let [before, most] = [0, 0];
    const space = Buffer.from(' ');
    const chunks = async function* (): AsyncIterable<Buffer> {
      before = held();
      for (let n = 0; n < pieces; n += 1) yield space.subarray();
      // The stream's own objects for each piece become garbage some turns of the event loop later.
      most = Infinity;
      for (let turn = 0; turn < 50 && most >= limit; turn += 1) {
        await setImmediate();
        most = Math.min(most, held() - before);
      }
    };
    const answer = Object.assign(Readable.from(chunks()), { headers: {} }) as unknown as IncomingMessage;
    assert.equal(
      (await readShortAnswer(streamedAnswer(answer), 404, { end: new EndSignal(), timeoutMs: 30_000 })).decoded.body
        .length,
      pieces,
    );
    assert.ok(most < limit, `${most} bytes more`);
  });
});
