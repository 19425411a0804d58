// Holds accept-proxied.ts: what the header says is the address of the socket, for all that asks for it.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { inTime, until } from '../support/in-time.ts';
import { makeCertificates } from '../promises/certificates.ts';
import { dial } from '../promises/dialled.ts';
import type { TestGateway } from '../support/gateway.ts';

const certificates = makeCertificates();
const { certFile, keyFile } = certificates.issue(certificates.authority('callers'), 'gateway');
after(() => certificates.remove());

const on = { GATEWAY_PROXY_PROTOCOL: 'on' };
const tls = { GATEWAY_TLS_CERT_FILE: certFile, GATEWAY_TLS_KEY_FILE: keyFile };
const line = 'PROXY TCP4 192.0.2.7 10.0.0.1 51000 8774\r\n';
const tcp6 = Buffer.from(
  `0d0a0d0a000d0a515549540a2121002420010db8${'00'.repeat(11)}07${'00'.repeat(16)}1f90115c`,
  'hex',
);
const local = Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex');
const get = (name: string): string => `GET /v2/p/os-gadgets/${name} HTTP/1.1\r\nHost: gateway\r\n\r\n`;

const answering = (_: unknown, response: { end(text: string): unknown }): unknown => response.end('{}');
const refusals = async ({ adminUrl }: TestGateway): Promise<number> => {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  return Number(/gateway_limits_hit_total\{limit="proxyProtocol"\} (\d+)/.exec(text)?.[1] ?? 0);
};

describe('with proxyProtocol on, the client of a caller is that of its PROXY header', () => {
  for (const [what, header, client] of [
    ['version 1', Buffer.from(line), '192.0.2.7'],
    ['version 2', tcp6, '2001:db8::7'],
    ['version 2 LOCAL', local, '127.0.0.1'],
    ['version 1 UNKNOWN', Buffer.from('PROXY UNKNOWN\r\n'), '127.0.0.1'],
  ] as const) {
    test(`${what}, in one packet with two requests`, () =>
      between(
        answering,
        async (gateway, cloud) => {
          const caller = await dial(gateway.url);
          caller.socket.write(Buffer.concat([header, Buffer.from(get('a') + get('b'))]));
          await gateway.logged('exchange', 2);
          assert.deepEqual(
            cloud.received.map((request) => request.headers['x-forwarded-for']),
            [client, client],
          );
          caller.socket.destroy();
        },
        on,
      ));

    test(`${what}, byte by byte, then a request on a connection that stays`, () =>
      between(
        answering,
        async (gateway, cloud) => {
          const caller = await dial(gateway.url);
          for (const byte of Buffer.concat([header, Buffer.from(get('a'))])) {
            caller.socket.write(Buffer.from([byte]));
            await new Promise((resolve) => setImmediate(resolve));
          }
          await gateway.logged('exchange', 1);
          caller.socket.write(get('b'));
          await gateway.logged('exchange', 2);
          assert.deepEqual(
            cloud.received.map((request) => request.headers['x-forwarded-for']),
            [client, client],
          );
          caller.socket.destroy();
        },
        on,
      ));

    test(`${what}, before the TLS handshake`, () =>
      between(
        answering,
        async (gateway, cloud) => {
          const raw = connect(Number(new URL(gateway.url).port), '127.0.0.1');
          raw.write(header);
          const secured = connectTls({ socket: raw, rejectUnauthorized: false });
          secured.on('error', () => undefined).write(get('a') + get('b'));
          await gateway.logged('exchange', 2);
          assert.equal(cloud.received.at(-1)?.headers['x-forwarded-for'], client);
          secured.destroy();
        },
        { ...on, ...tls },
      ));
  }
});

describe('with proxyProtocol on, a connection without a good header is closed and counted, and nothing reaches the cloud', () => {
  for (const [what, bytes] of Object.entries({
    'a plain request': get('a'),
    'a header that is wrong': `PROXY TCP4 no one 1 2\r\n${get('a')}`,
    'a header that does not come': '',
    'half a header': 'PROXY TCP4 ',
  })) {
    test(what, () =>
      between(
        answering,
        async (gateway, cloud) => {
          const caller = await dial(gateway.url);
          caller.socket.write(bytes);
          assert.equal(await inTime(caller.ended), '');
          assert.equal(await refusals(gateway), 1);
          assert.equal(cloud.received.length, 0);
        },
        { ...on, GATEWAY_REQUEST_HEADERS_TIMEOUT_MS: '200' },
      ),
    );
  }

  test('one that is closed without a byte, as checks of balancers are, is not counted', () =>
    between(
      answering,
      async (gateway) => {
        const caller = await dial(gateway.url);
        caller.socket.end();
        assert.equal(await inTime(caller.ended), '');
        assert.equal(await refusals(gateway), 0);
      },
      on,
    ));
});

test('with proxyProtocol off, a PROXY header is no request', () =>
  between(answering, async (gateway, cloud) => {
    const caller = await dial(gateway.url);
    caller.socket.write(line + get('a'));
    assert.match(await inTime(caller.ended), /^HTTP\/1\.1 400 /);
    assert.equal(cloud.received.length, 0);
  }));

const haproxy = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy'].find((path) => existsSync(path));
const reason = haproxy === undefined ? ' (skipped: haproxy is not installed)' : '';

describe(`behind HAProxy the gateway knows the address of the caller${reason}`, { skip: haproxy === undefined }, () => {
  for (const option of ['send-proxy', 'send-proxy-v2', 'send-proxy-v2 proxy-v2-options crc32c,unique-id']) {
    for (const [how, settings] of Object.entries({ 'without TLS': {}, 'with TLS': tls })) {
      test(`${option} ${how}`, () =>
        between(
          answering,
          async (gateway, cloud) => {
            const port = await freePort();
            const front = await startHaproxy(port, `${new URL(gateway.url).host} ${option}`);
            try {
              const secure = how === 'with TLS' ? ['-k', `https://127.0.0.2:${port}`] : [`http://127.0.0.2:${port}`];
              const [last = ''] = secure.slice(-1);
              const options = ['-s', '--noproxy', '*', '--interface', '127.0.0.3', ...secure.slice(0, -1)];
              await curl([...options, `${last}/v2/p/os-gadgets/a`]);
              await gateway.logged('exchange', 1);
              assert.equal(cloud.received.at(-1)?.headers['x-forwarded-for'], '127.0.0.3');
            } finally {
              front.kill('SIGKILL');
              await once(front, 'close');
            }
          },
          { ...on, ...settings },
        ));
    }
  }
});

async function curl(options: readonly string[]): Promise<void> {
  const child = spawn('curl', options, { stdio: 'ignore' });
  assert.deepEqual(await inTime(once(child, 'close')), [0, null]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startHaproxy(port: number, server: string): Promise<ChildProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  const timeouts = 'timeout connect 5s\n timeout client 60s\n timeout server 60s';
  writeFileSync(
    file,
    `defaults\n mode tcp\n ${timeouts}\nlisten front\n bind 127.0.0.2:${port}\n unique-id-format x\n server gateway ${server}\n`,
  );
  const child = spawn(haproxy ?? '', ['-db', '-f', file], { stdio: 'ignore' });
  await until(
    () =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.2', () => resolve(true)).on('error', () => resolve(false));
        socket.on('connect', () => socket.destroy());
      }),
    'haproxy does not listen',
  );
  rmSync(folder, { recursive: true });
  return child;
}
