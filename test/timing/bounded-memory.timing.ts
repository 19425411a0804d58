import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { between, open } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { actionPath, plainRebuild, projectId } from '../support/rebuild-call.ts';
import { until } from '../support/in-time.ts';
import { dial, head, type Dialled } from '../promises/dialled.ts';
import { measured } from './measured.ts';
import { startGatewayApart } from '../promises/gateway-apart.ts';

const streamedPath = `/v2/${projectId}/os-unknown`;
const megabyte = 1024 * 1024;

/** The number of files that a process may open. A test has one end of each connection, the gateway apart the other. */
const files = Number(spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout.trim()) || 1024;
const isFull = process.env['PROMISES'] === 'full';
const wanted = isFull ? 10_000 : 1000;

describe('the memory of a gateway in a process of its own is bounded', () => {
  // Holds that an idle connection has no more than node's own record of it (and connections.max, 10,000 by default).
  measured(
    `${wanted} open idle connections take a few KiB each, and the gateway goes on answering`,
    async () => {
      await between(
        (_, response) => response.end('x'),
        async (_, cloud) => {
          const gateway = await startGatewayApart(cloud.url, { GATEWAY_CONNECTIONS_MAX: String(wanted + 10) });
          const kept: Dialled[] = [];
          try {
            await call(gateway.url, { method: 'GET', path: streamedPath });
            const before = await gateway.memory();
            for (let n = 0; n < wanted; n += 250)
              kept.push(...(await Promise.all(Array.from({ length: 250 }, () => dial(gateway.url)))));
            assert.equal((await call(gateway.url, { method: 'GET', path: streamedPath })).status, 200);
            const each = ((await gateway.memory()).rss - before.rss) / wanted;
            console.log(`# ${wanted} connections: ${Math.round(each / 1024)} KiB each`);
            assert.ok(each < 32 * 1024, `${each} bytes a connection`);
          } finally {
            for (const { socket } of kept) socket.destroy();
            await gateway.stop();
          }
        },
      );
    },
    { skip: files < wanted + 100 ? `only ${files} files may be open: ulimit -n ${wanted + 1000}` : false },
  );

  // Holds budget.ts: without it, so many bodies are held whole.
  measured('of many bodies at their limit at a time, no more is held than the budget for all', async () => {
    await between(
      (request) => request.resume(),
      async (_, cloud) => {
        const [each, count, most] = [1_000_000, 200, 20_000_000];
        const gateway = await startGatewayApart(cloud.url, {
          GATEWAY_REQUEST_MAX_BYTES: String(each),
          GATEWAY_REQUEST_MAX_TOTAL_BYTES: String(most),
        });
        const kept = await Promise.all(Array.from({ length: count }, () => dial(gateway.url)));
        try {
          const before = await gateway.memory();
          const body = Buffer.alloc(each - 1, ' ');
          for (const { socket } of kept) socket.write(Buffer.concat([Buffer.from(head(actionPath, each)), body]));
          await until(
            () => !(kept.filter((caller) => caller.text() !== '').length < count * 0.85),
            'answers are missing',
          );
          const refused = kept.filter((caller) => caller.text().startsWith('HTTP/1.1 503 ')).length;
          const held = (await gateway.memory()).arrayBuffers - before.arrayBuffers;
          console.log(
            `# ${count} bodies of ${each} bytes: ${Math.round(held / megabyte)} MiB held, ${refused} refused`,
          );
          assert.ok(held < most * 1.5, `${held} bytes are held`);
        } finally {
          for (const { socket } of kept) socket.destroy();
          await gateway.stop();
        }
      },
    );
  });
});

// Holds parsed-size.ts, and its call in translate/request.ts: the smallest elements take 36 times their length when they are read.
measured('documents of the smallest elements take no more than the budget for all', async () => {
  await between(
    (request) => request.resume(),
    async (_, cloud) => {
      const [count, most] = [60, 30_000_000];
      const gateway = await startGatewayApart(cloud.url, { GATEWAY_REQUEST_MAX_TOTAL_BYTES: String(most) });
      const kept = await Promise.all(Array.from({ length: count }, () => dial(gateway.url)));
      try {
        const before = await gateway.memory();
        const body = plainRebuild.xml.replace(
          /\/>$|<\/rebuild>$/,
          (end) => `${end === '/>' ? '>' : ''}${'<a/>'.repeat(28_000)}</rebuild>`,
        );
        for (const { socket } of kept) socket.write(head(actionPath, body.length) + body);
        await until(
          () => !(cloud.received.length + kept.filter((caller) => caller.text() !== '').length < count),
          'answers are missing',
        );
        assert.ok(cloud.received.length > 0);
        const held = (await gateway.memory()).heapUsed - before.heapUsed;
        console.log(`# ${count} documents of ${body.length} bytes: ${Math.round(held / megabyte)} MiB held`);
        assert.ok(held < most * 3, `${held} bytes are held`);
      } finally {
        for (const { socket } of kept) socket.destroy();
        await gateway.stop();
      }
    },
  );
});

describe('a stream that is not translated is not held, whatever its size and however slow its reader', () => {
  /** A few hundred KiB: the high-water marks of the sockets and streams of both sides. */
  const mostHeld = 700 * 1024;

  for (const size of isFull ? [64, 1024] : [32, 96]) {
    // Holds the backpressure of forward/answer.ts (`pause` in its `stream`).
    measured(`${size} MiB from the cloud to a caller that reads slowly`, async () => {
      await between(
        (_, response) => void feed(response.writeHead(200), size),
        async (_, cloud) => {
          const gateway = await startGatewayApart(cloud.url);
          const { outgoing, answer } = open(gateway.url, 'GET', streamedPath);
          outgoing.end();
          const message = await answer;
          try {
            const most = await mostWhile(gateway, message);
            console.log(`# ${size} MiB to a slow reader: ${Math.round(most / 1024)} KiB held`);
            assert.ok(most < mostHeld, `${most} bytes are held`);
          } finally {
            message.destroy();
            await gateway.stop();
          }
        },
      );
    });

    // Holds the backpressure of by-proxy.ts (the proxy's pipe).
    measured(`${size} MiB from a caller to a cloud that reads slowly`, async () => {
      const arrived = Promise.withResolvers<AsyncIterable<Buffer>>();
      await between(
        (request) => arrived.resolve(request),
        async (_, cloud) => {
          const gateway = await startGatewayApart(cloud.url);
          const length = String(size * megabyte);
          const { outgoing, answer } = open(gateway.url, 'PUT', streamedPath, { 'Content-Length': length });
          answer.catch(() => undefined);
          void feed(outgoing, size);
          try {
            const most = await mostWhile(gateway, await arrived.promise);
            console.log(`# ${size} MiB to a slow cloud: ${Math.round(most / 1024)} KiB held`);
            assert.ok(most < mostHeld, `${most} bytes are held`);
          } finally {
            outgoing.destroy();
            await gateway.stop();
          }
        },
      );
    });
  }
});

/** Write a number of MiB as fast as the target accepts them. */
async function feed(target: NodeJS.WritableStream & { destroyed?: boolean }, count: number): Promise<void> {
  const piece = Buffer.alloc(megabyte, 'x');
  target.on('error', () => undefined);
  for (let n = 0; n < count && target.destroyed !== true; n += 1) {
    if (!target.write(piece))
      await new Promise<void>((resolve) => target.once('drain', resolve).once('close', resolve));
  }
  target.end();
}

/** Measure the most bytes of bodies that the gateway holds while a stream is read to its end with pauses. */
async function mostWhile(
  gateway: Awaited<ReturnType<typeof startGatewayApart>>,
  message: AsyncIterable<Buffer>,
): Promise<number> {
  const before = await gateway.memory();
  let most = 0;
  let size = 0;
  let mark = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size < mark) continue;
    mark = size + 16 * megabyte;
    await sleep(30);
    most = Math.max(most, (await gateway.memory()).arrayBuffers - before.arrayBuffers);
  }
  return most;
}
