// Holds half-close.ts: node closes the other half too, while the cloud carries the request out, and the caller learns nothing.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:tls';
import { after, describe, test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { inTime, until } from '../support/in-time.ts';
import { plainRebuild, serverDocument } from '../support/rebuild-call.ts';
import { makeCertificates } from './certificates.ts';
import { dial, head } from './dialled.ts';

const certificates = makeCertificates();
after(() => certificates.remove());

const rebuild = `${head('/v2/p/servers/s/action', plainRebuild.xml.length)}${plainRebuild.xml}`;
const remove = 'DELETE /v2/p/servers/s HTTP/1.1\r\nHost: gateway\r\n\r\n';
const gadget = `${head('/v2/p/os-gadgets', 2, 'application/json')}{}`;
const requests: Readonly<Record<string, readonly [bytes: string, count: number]>> = {
  'a rebuild': [rebuild, 1],
  'a DELETE': [remove, 1],
  'a forwarded POST': [gadget, 1],
  'three pipelined requests': [rebuild + gadget + remove, 3],
};

const nothing = (): void => undefined;

/** Play with a cloud that holds its answers back until it is released, when it has every request. */
function holding(
  count: number,
  play: Parameters<typeof between>[1],
  release: (close: () => void) => void,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const held: ServerResponse[] = [];
  release(() => {
    for (const response of held) {
      if (response.req.method === 'DELETE') response.writeHead(204).end();
      else response.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
    }
  });
  return between(
    (request, response) => {
      request.resume();
      held.push(response);
      assert.ok(held.length <= count);
    },
    play,
    settings,
  );
}

describe('a caller that closes its half of the connection behind its request gets its answer', () => {
  for (const [what, [bytes, count]] of Object.entries(requests)) {
    test(what, async () => {
      let answer = nothing;
      await holding(
        count,
        async (gateway, cloud) => {
          const caller = await dial(gateway.url);
          caller.socket.end(bytes);
          await until(() => cloud.received.length === count, 'the cloud is not asked');
          // Now the gateway has heard of the end, too: it reads it with the request, or right after it.
          answer();
          const text = await inTime(caller.ended);
          assert.equal(text.match(/HTTP\/1\.1 20\d /g)?.length, count, text);
          await gateway.logged('exchange', count);
          assert.ok(gateway.log.every(({ fields }) => fields['aborted'] === undefined));
        },
        (close) => (answer = close),
      );
    });
  }

  test('with TLS', async () => {
    const { certFile, keyFile } = certificates.issue(certificates.authority('callers'), 'gateway');
    let answer = nothing;
    await holding(
      1,
      async (gateway, cloud) => {
        const socket = connect({
          port: Number(new URL(gateway.url).port),
          host: '127.0.0.1',
          rejectUnauthorized: false,
        });
        socket.allowHalfOpen = true;
        let text = '';
        socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
        socket.once('secureConnect', () => socket.end(rebuild));
        await until(() => cloud.received.length === 1, 'the cloud is not asked');
        answer();
        await inTime(once(socket, 'close'));
        assert.match(text, /^HTTP\/1\.1 20\d /);
      },
      (close) => (answer = close),
      { GATEWAY_TLS_CERT_FILE: certFile, GATEWAY_TLS_KEY_FILE: keyFile },
    );
  });
});

test('a caller that closes in the middle of its second request gets the answer to its first', async () => {
  let answer = nothing;
  await holding(
    1,
    async (gateway, cloud) => {
      const caller = await dial(gateway.url);
      caller.socket.end(`${rebuild}DELETE /v2/p/servers/s HT`);
      await until(() => cloud.received.length === 1, 'the cloud is not asked');
      answer();
      const text = await inTime(caller.ended);
      assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 202']);
    },
    (close) => (answer = close),
  );
});

test('a caller that closes later than connections.halfCloseMs behind its request counts as gone', () =>
  between(
    () => undefined,
    async (gateway, cloud) => {
      const caller = await dial(gateway.url);
      caller.socket.write(rebuild);
      await until(() => cloud.received.length === 1, 'the cloud is not asked');
      caller.socket.end();
      await gateway.logged('exchange', 1);
      assert.equal(await inTime(caller.ended), '');
      assert.equal(gateway.log.find(({ event }) => event === 'exchange')?.fields['fault'], 'caller-gone');
    },
    { GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0' },
  ));
