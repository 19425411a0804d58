import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { until } from '../support/in-time.ts';
import { dial, head } from './dialled.ts';

const path = '/v2/p/os-gadgets';
const get = (name: string): string => `GET ${path}/${name} HTTP/1.1\r\nHost: gateway\r\n\r\n`;

// Holds closing-connection.ts: node dispatches what arrives behind the last answer of a connection, which no caller receives.
test('requests behind an answer that closes the connection are not sent to the cloud', () =>
  between(
    (request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    },
    async (gateway, cloud) => {
      const other = await dial(gateway.url);
      // Afterwards the gateway has a connection to the cloud, on which it could send at once.
      other.socket.write(get('before'));
      await until(() => other.text().includes('{}'), 'the gateway does not serve');
      for (let round = 0; round < 20; round += 1) {
        const caller = await dial(gateway.url);
        caller.socket.write(`${head(path, 10)}<x>`);
        await until(() => caller.text().includes('501'), 'the body in XML is not refused');
        assert.match(caller.text(), /\r\nConnection: close\r\n/);
        caller.socket.write(`abc</x>${get('behind').repeat(8)}`);
        await caller.ended;
        assert.equal(caller.text().match(/HTTP\/1\.1/g)?.length, 1);
      }
      other.socket.write(get('after'));
      await until(() => cloud.received.some(({ url }) => url === `${path}/after`), 'the gateway does not serve');
      assert.deepEqual(
        cloud.received.map(({ url }) => url),
        [`${path}/before`, `${path}/after`],
      );
    },
    { GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_UPSTREAM_LEGACY_PATH: 'v2' },
  ));
