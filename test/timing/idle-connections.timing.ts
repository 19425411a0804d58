// Guards: `sendAgain` on each road. A cloud that closes idle connections without saying when, and callers who meet it.
import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';

const cloudIdleMs = 300;
const body = '{"server":{"id":"s","name":"n","status":"ACTIVE","metadata":{},"addresses":{},"links":[]}}';

const roads = {
  translated: { method: 'GET', path: '/v2/p/servers/s' },
  forwarded: { method: 'GET', path: '/v2/p/os-gadgets' },
  streamed: { method: 'HEAD', path: '/v2/p/os-gadgets' },
};

/** Start a cloud that ends a connection after a pause of 300 ms, and answers what has reached it by then. */
async function startCloud(): Promise<{ url: string; ends: () => number; stop: () => void }> {
  let ends = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let timer: NodeJS.Timeout | undefined;
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      clearTimeout(timer);
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      socket.write(chunk.toString('latin1').startsWith('HEAD') ? head : head + body);
      timer = setTimeout(() => {
        ends += 1;
        socket.removeAllListeners('data').resume().end();
      }, cloudIdleMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `http://127.0.0.1:${port}`, ends: () => ends, stop };
}

describe('a cloud that ends idle connections after 300 ms, asked every 297 to 303 ms', { concurrency: true }, () => {
  for (const [road, asked] of Object.entries(roads)) {
    test(`answers each of 60 on the ${road} road`, async (context) => {
      const cloud = await startCloud();
      const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_IDLE_MS: '60000' });
      try {
        const statuses: number[] = [];
        for (let n = 0; n < 60; n += 1) {
          statuses.push((await call(gateway.url, asked)).status);
          await sleep(cloudIdleMs - 3 + (n % 7));
        }
        context.diagnostic(`${cloud.ends()} connections ended by the cloud`);
        assert.ok(cloud.ends() > 10);
        assert.deepEqual(statuses, Array<number>(60).fill(200));
      } finally {
        await gateway.stop();
        cloud.stop();
      }
    });
  }
});
