// Holds closing-connection.ts and parse-errors.ts: what stands behind the last answer of a connection is never carried out.
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { inTime, until } from '../support/in-time.ts';
import { received } from '../support/published.ts';
import { plainRebuild } from '../support/rebuild-call.ts';
import { dial } from './dialled.ts';
import { speak, withWire } from './hostile-wire.ts';

const wire = withWire({ GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_REQUEST_UNREAD_BODY_MS: '100' });

const host = 'Host: gateway\r\nX-Auth-Token: token\r\n';
const xml = 'Content-Type: application/xml\r\n';
const json = 'Content-Type: application/json\r\n';
const request = (line: string, fields: string, body = ''): string =>
  `${line} HTTP/1.1\r\n${host}${fields}${body === '' ? '' : `Content-Length: ${body.length}\r\n`}\r\n${body}`;

/** Requests whose answer closes the connection, or that have a fault in the middle of it; `sent` reach the cloud themselves. */
const first: Readonly<Record<string, readonly [bytes: string, status: number, sent?: number]>> = {
  'a path with dots, and a body': [request('POST /v1.1/p/../x', xml, '<x/>'), 400],
  'a fragment, and a body': [request('POST /v1.1/p/x#y', xml, '<x/>'), 400],
  'two Hosts, and a body': [request('POST /v2/p/servers', `Host: other\r\n${xml}`, '<x/>'), 400],
  'no Host, and a body': [`POST /v2/p/servers HTTP/1.1\r\nContent-Length: 4\r\n\r\n<x/>`, 400],
  'a body that is too large': [request('POST /v2/p/servers/s/action', xml, `<x>${'x'.repeat(120_000)}</x>`), 413],
  'XML that nothing describes': [request('POST /v2/p/os-gadgets', xml, '<x/>'), 501],
  'a transfer coding': [
    `POST /v2/p/os-gadgets HTTP/1.1\r\n${host}${json}Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
    501,
  ],
  'XML to an unknown path': [request('POST /v2/p/servers/s/action/', xml, '<x/>'), 404],
  'an expectation': [request('POST /v2/p/servers/s/action', `${xml}Expect: 200-maybe\r\n`, '<x/>'), 417],
  'a broken chunk': [
    `POST /v2/p/servers/s/action HTTP/1.1\r\n${host}${xml}Transfer-Encoding: chunked\r\n\r\nZZ\r\n<x/>\r\n0\r\n\r\n`,
    400,
  ],
  'a Connection: close': [request('GET /v2/p/servers/s', 'Connection: close\r\n'), 200, 1],
  'a forwarded one with Connection: close': [request('GET /v2/p/os-gadgets', 'Connection: close\r\n'), 200, 1],
  'HTTP/1.0': [`GET /v2/p/servers/s HTTP/1.0\r\n${host}\r\n`, 200, 1],
  'a rebuild with Connection: close': [
    request('POST /v2/p/servers/s/action', `${xml}Connection: close\r\n`, plainRebuild.xml),
    202,
    1,
  ],
};

/** Requests whose fault keeps the connection, because they have been read whole. */
const kept: Readonly<Record<string, string>> = {
  'a body of another type': request('POST /v2/p/servers/s/action', 'Content-Type: text/csv\r\n', 'a,b'),
  'a compressed body': request('POST /v2/p/servers/s/action', `${xml}Content-Encoding: gzip\r\n`, 'abc'),
};

const behind: Readonly<Record<string, string>> = {
  'a rebuild': request('POST /v2/behind/servers/s/action', xml, plainRebuild.xml),
  'a DELETE': request('DELETE /v2/behind/servers/s', ''),
  'a forwarded POST': request('POST /v2/behind/os-gadgets', json, '{"x":1}'),
};

/** Let the gateway have an idle connection to the cloud for each road: on one a request is sent at once, before any abort. */
async function warm(): Promise<void> {
  const answers = ['/v2/warm/servers/s', '/v2/warm/os-gadgets'].map((path) =>
    speak(wire.gateway.url, request(`GET ${path}`, 'Connection: close\r\n')),
  );
  for (const { statuses } of await Promise.all(answers)) assert.deepEqual([...statuses], [200]);
}

describe('a request in the same packet behind an answer that closes the connection is not carried out', () => {
  for (const [what, [bytes, status, sent = 0]] of Object.entries(first)) {
    for (const [which, second] of Object.entries(behind)) {
      test(`${which} behind ${what}`, async () => {
        await warm();
        const before = wire.cloud.about('').length;
        const behindBefore = wire.cloud.about('/behind/').length;
        const caller = await dial(wire.gateway.url);
        caller.socket.write(bytes + second, 'latin1');
        const text = await inTime(caller.ended);
        const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, found]) => Number(found));
        const isClosed = /\r\nConnection: close\r\n/i.test(text);
        const carriedOut = wire.cloud.about('/behind/').length - behindBefore;
        assert.deepEqual(statuses, [status], text);
        assert.ok(isClosed, text);
        assert.equal(carriedOut, 0);
        assert.equal(wire.cloud.about('').length - before, sent);
      });
    }
  }
});

describe('a request in the same packet behind a fault that keeps the connection is carried out once, and answered', () => {
  for (const [what, bytes] of Object.entries(kept)) {
    for (const [which, second] of Object.entries(behind)) {
      test(`${which} behind ${what}`, async () => {
        await warm();
        const before = wire.cloud.about('').length;
        const caller = await dial(wire.gateway.url);
        caller.socket.end(bytes + second, 'latin1');
        const text = await inTime(caller.ended);
        assert.match(text, /^HTTP\/1\.1 415 [\s\S]*HTTP\/1\.1 (?:20[02]|502) /);
        assert.equal(wire.cloud.about('').length - before, 1);
      });
    }
  }
});

test('a request behind an answer that closes the connection, because the gateway ends while it streams, is not carried out', async () => {
  const seen: string[] = [];
  let slow: ServerResponse | undefined;
  const cloud = createServer((incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    response.setHeader('Content-Type', 'application/json');
    if (incoming.url?.endsWith('/slow') === true) slow = response;
    else response.end('{}');
  });
  await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = cloud.address() as AddressInfo;
  const settings = { GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_SHUTDOWN_TIMEOUT_MS: '60000' };
  const gateway = await startTestGateway(`http://127.0.0.1:${port}`, settings);
  const caller = await dial(gateway.url);
  caller.socket.write(request('GET /v2/p/os-gadgets/slow', ''));
  await until(() => slow !== undefined, 'the first request does not arrive');
  const stopped = gateway.stop();
  await gateway.logged('draining', 1);
  slow?.write(`{"a":"${'x'.repeat(20_000)}`);
  await until(() => /\r\nConnection: close\r\n/i.test(caller.text()), 'the answer does not begin');
  const arrived = received(gateway.url);
  caller.socket.write(request('DELETE /v2/behind/os-gadgets/1', ''));
  await arrived;
  slow?.end('"}');
  const text = await inTime(caller.ended);
  await stopped;
  cloud.close();
  assert.equal(text.match(/HTTP\/1\.1 /g)?.length, 1);
  assert.deepEqual(seen, ['GET /v2/p/os-gadgets/slow']);
});
