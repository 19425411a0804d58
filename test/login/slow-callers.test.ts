import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dial, trickle } from '../promises/dialled.ts';
import { inTime } from '../support/in-time.ts';
import { startRawCloud } from '../support/raw-cloud.ts';
import { readAnswer } from '../support/raw-exchange.ts';
import { bytesOf, json, login } from './byte-callers.ts';
import { readIdentityFault } from './identity-faults.ts';
import { startLoginGateway, type LoginGateway } from './login-gateway.ts';
import { read } from './raw-service.ts';

async function withGateway(
  settings: Readonly<Record<string, string>>,
  act: (gateway: LoginGateway) => Promise<void>,
): Promise<void> {
  const gateway = await startLoginGateway(settings);
  try {
    await act(gateway);
  } finally {
    await gateway.stop();
  }
}

const request = bytesOf('POST /v2.0/tokens', json, login);

describe('a login whose caller', () => {
  test('sends its body byte by byte is ended by the limit for requests, and is not sent', () =>
    withGateway({ GATEWAY_REQUEST_TIMEOUT_MS: '1500' }, async ({ url, service }) => {
      const caller = await dial(url);
      caller.socket.write(
        'POST /v2.0/tokens HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n',
      );
      trickle(caller.socket, ' ');
      const answer = readAnswer(await inTime(caller.ended));
      assert.equal(answer.status, 408);
      readIdentityFault(answer);
      assert.deepEqual(service.received, []);
    }));

  test('closes its half of the connection behind the request is answered', () =>
    withGateway({}, async ({ url, service }) => {
      const caller = await dial(url);
      caller.socket.end(request);
      const answer = readAnswer(await inTime(caller.ended));
      assert.equal(answer.status, 200);
      assert.ok(answer.body.startsWith('{"access": '));
      assert.equal(service.received.length, 1);
    }));

  test('disconnects in the middle of its body is not sent', () =>
    withGateway({}, async (gateway) => {
      const { url, service } = gateway;
      const caller = await dial(url);
      caller.socket.write(request.subarray(0, -5), () => caller.socket.destroy());
      await gateway.logged('exchange', 1);
      assert.deepEqual(service.received, []);
    }));

  test('disconnects before the answer ends the request to the service', async () => {
    const silent = await startRawCloud([read, { kind: 'silent' }]);
    try {
      await withGateway({ GATEWAY_IDENTITY_URL: silent.url }, async (gateway) => {
        const { url, log } = gateway;
        const caller = await dial(url);
        caller.socket.write(request);
        await silent.until(() => silent.requests().length === 1);
        // A FIN at once could be that of a caller that closes its half only.
        caller.socket.resetAndDestroy();
        await silent.until(() => silent.connections.every((connection) => connection.isClosed()));
        await gateway.logged('exchange', 1);
        assert.equal(log.find(({ event }) => event === 'exchange')?.fields['fault'], 'caller-gone');
        assert.equal(silent.requests().length, 1);
      });
    } finally {
      await silent.stop();
    }
  });

  test('sends a body with a GET, and asks to continue, is answered', () =>
    withGateway({}, async ({ url, service }) => {
      service.script({ status: 200, headers: json, body: '{"projects": []}' });
      const caller = await dial(url);
      caller.socket.write(bytesOf('GET /v2.0/tenants', { ...json, 'X-Auth-Token': 'T', Connection: 'close' }, login));
      assert.equal(readAnswer(await inTime(caller.ended)).status, 200);
      const { headers, body } = service.received[0] ?? assert.fail();
      assert.deepEqual([headers['content-length'], headers['x-auth-token'], body.length], [undefined, 'T', 0]);
    }));
});
