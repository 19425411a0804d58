// Holds parse-errors.ts: node itself writes a bare status, also in the place of the answer to a request that is carried out.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { inTime, until } from '../support/in-time.ts';
import { plainRebuild, serverDocument } from '../support/rebuild-call.ts';
import { call } from '../support/http.ts';
import { dial, head } from './dialled.ts';
import { speak, withWire } from './hostile-wire.ts';

const wire = withWire({ GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_REQUEST_HEADERS_TIMEOUT_MS: '300' });
const long = 'b'.repeat(16_000);
const large = Array.from({ length: 5 }, (_, at) => `X-${at}: ${long}\r\n`).join('');
const start = 'GET /v2/p/servers/s HTTP/1.1\r\nHost: h\r\n';

const broken: Readonly<Record<string, readonly [bytes: string, status: number, reason: string, cause?: string]>> = {
  'a request line without sense': ['rubbish\r\n\r\n', 400, 'malformed-http', 'HPE_INVALID_METHOD'],
  'a space before the colon': [`${start}X-A : b\r\n\r\n`, 400, 'malformed-http', 'HPE_INVALID_HEADER_TOKEN'],
  'a header that is too large': [`${start}${large}\r\n`, 431, 'header-too-large', 'HPE_HEADER_OVERFLOW'],
  'a header field that is too large': [`${start}X-A: ${long}${long}\r\n\r\n`, 431, 'header-too-large'],
  'a header that does not end': [`${start}X-A: b\r\n`, 408, 'request-timeout', 'ERR_HTTP_REQUEST_TIMEOUT'],
  'a chunk that is broken': [
    'POST /v2/p/os-gadgets HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
    400,
    'malformed-http',
    'HPE_INVALID_CHUNK_SIZE',
  ],
};

describe('a request that node cannot parse gets a fault document, with a line in the log and a count', () => {
  for (const [what, [bytes, status, reason, cause]] of Object.entries(broken)) {
    test(what, async () => {
      const before = wire.gateway.log.length;
      const { text, statuses } = await speak(wire.gateway.url, bytes);
      assert.deepEqual(statuses, [status]);
      const [header = '', body = ''] = text.split('\r\n\r\n');
      assert.match(header, /\r\nContent-Type: application\/json; charset=UTF-8/);
      assert.match(header, new RegExp(`\\r\\nContent-Length: ${body.length}(\\r\\n|$)`));
      if (cause !== undefined) assert.match(header, /\r\nConnection: close/);
      const [, id = ''] = /\r\nX-Compute-Request-Id: (\S+)/.exec(header) ?? [];
      assert.match(id, /^req-/);
      // The document of every fault is an object with one member, which has the status.
      const [fault] = Object.values(JSON.parse(body) as Record<string, { code: number; message: string }>);
      assert.equal(fault?.code, status);
      await until(() => wire.gateway.log.length > before, 'no line was logged');
      const [line, ...more] = wire.gateway.log.slice(before);
      assert.deepEqual(more, []);
      const { fields = {} } = line ?? {};
      assert.deepEqual(
        [fields['requestId'], fields['fault'], fields['cause'], fields['status']],
        [id, reason, cause, status],
      );
      const metrics = await (await fetch(`${wire.gateway.adminUrl}/metrics`)).text();
      assert.match(metrics, new RegExp(`gateway_faults_total\\{[^}]*reason="${reason}"[^}]*\\} \\d`));
    });
  }

  for (const field of ['Accept: application/xml', 'content-type:application/xml']) {
    test(`in XML where the bytes have ${field}`, async () => {
      const { text } = await speak(wire.gateway.url, `${start}${field}\r\nX-A : b\r\n\r\n`);
      assert.match(text, /^HTTP\/1\.1 400 [\s\S]*<badRequest code="400"/);
    });
  }

  test('what stands behind it is not parsed', async () => {
    const before = wire.cloud.about('').length;
    const { statuses, isClosed } = await speak(wire.gateway.url, `rubbish\r\n\r\n${start}\r\n`, 2);
    assert.deepEqual([statuses, isClosed], [[400], true]);
    assert.equal(wire.cloud.about('').length, before);
  });
});

for (const [road, path] of Object.entries({ translated: '/v2/p/servers/s/action', forwarded: '/v2/p/os-gadgets' })) {
  test(`on the ${road} road, rubbish behind a request that the cloud carries out takes nothing from its answer`, async () => {
    const held: ServerResponse[] = [];
    const type = road === 'translated' ? 'application/xml' : 'application/json';
    await between(
      (request, response) => {
        request.resume();
        held.push(response);
      },
      async (gateway) => {
        const caller = await dial(gateway.url);
        caller.socket.write(`${head(path, plainRebuild.xml.length, type)}${plainRebuild.xml}rubbish\r\n\r\n`);
        await until(() => held.length === 1, 'the cloud is not asked');
        assert.equal(caller.text(), '');
        held[0]?.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
        const text = await inTime(caller.ended);
        assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 202', 'HTTP/1.1 400']);
        await gateway.logged('exchange', 2);
      },
    );
  });
}

test('a token of 16,200 bytes and a header of 64 KB reach the cloud on both roads', async () => {
  const fields = Object.fromEntries(Array.from({ length: 2 }, (_, at) => [`X-Long-${at}`, 'b'.repeat(16_000)]));
  const token = 't'.repeat(16_200);
  await between(
    (request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(serverDocument);
    },
    async (gateway, cloud) => {
      for (const path of ['/v2/p/servers/s', '/v2/p/os-gadgets']) {
        const sent = { 'X-Auth-Token': token, 'X-Other': 'b'.repeat(16_000), ...fields };
        const { status } = await call(gateway.url, { method: 'GET', path, headers: sent });
        assert.equal(status, 200);
        assert.equal(cloud.received.at(-1)?.headers['x-auth-token'], token);
      }
    },
  );
});
