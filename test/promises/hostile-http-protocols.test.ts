// Guards: no `upgrade` and no `connect` listener in src/server/caller-server.ts, `hopByHop` of header-fields.ts, the `upgrade`
// listener and the agent's fixed target in by-proxy.ts, `allowH2: false` in connections.ts, `maxHeaderSize` in
// src/server/caller-server.ts, public-url.ts for what is said of hosts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { framingOf, speak, withWire, type WireRequest } from './hostile-wire.ts';

const link = '{"server":{"id":"s","name":"n","links":[{"rel":"self","href":"http://cloud/v2.1/p/servers/s"}]}}';
const made = 'Location: http://cloud/v2.1/p/os-gadgets/7\r\n';
const usual = ({ start }: WireRequest): string | undefined => {
  const [status, more] = start.includes('gadgets') ? ['201 Made', made] : ['200 OK', ''];
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${more}Content-Length: ${link.length}\r\n\r\n${link}`;
};
let next: string | undefined;
const wire = withWire({ GATEWAY_UPSTREAM_PROFILE: 'nova' }, { answer: (request) => next ?? usual(request) });

const roads = { translated: '/v2/p/servers/s', forwarded: '/v2/p/os-gadgets' } as const;
const hidden = 'GET /v2/p/smuggled HTTP/1.1\r\nHost: h\r\n\r\n';
const host = 'Host: h\r\nAccept: application/json\r\n';

/** Send bytes, and give what came back and what the cloud got. */
async function play(bytes: string, awaited = 1): Promise<{ text: string; statuses: number[]; seen: WireRequest[] }> {
  const before = wire.cloud.about('').length;
  const { text, statuses } = await speak(wire.gateway.url, bytes, awaited);
  return { text, statuses: [...statuses], seen: wire.cloud.about('').slice(before) };
}

for (const [road, path] of Object.entries(roads)) {
  describe(`another protocol on the ${road} road`, () => {
    const upgrades = ['websocket', 'h2c', 'TLS/1.0', 'HTTP/2.0', 'evil'];
    for (const protocol of upgrades) {
      test(`an upgrade to ${protocol} is a plain request, of which the cloud hears no wish`, async () => {
        const wish =
          `Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk\r\n` +
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
        const { text, statuses, seen } = await play(`GET ${path} HTTP/1.1\r\n${host}${wish}\r\n`);
        assert.ok([200, 201].includes(statuses[0] ?? 0), text);
        assert.equal(seen.length, 1);
        assert.deepEqual(
          seen.flatMap(({ headers }) => headers.filter(([name]) => /^(?:upgrade|http2-settings)$/.test(name))),
          [],
        );
        assert.doesNotMatch(String(seen[0]?.headers), /connection,[^,]*upgrade/i);
      });
    }

    test('what comes with an upgrade is never another protocol: node drops it, and the cloud hears only the request', async () => {
      const { statuses, seen } = await play(
        `GET ${path} HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x05hello${hidden}`,
      );
      assert.deepEqual([statuses.length, seen.length], [1, 1]);
    });

    test('a cloud that changes the protocol unasked is 502 at once, and nothing of it passes', async () => {
      next =
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfrom the other protocol';
      const { text, statuses } = await play(
        `GET ${path} HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      next = undefined;
      assert.deepEqual(statuses.length, 1);
      assert.ok([502, 504].includes(statuses[0] ?? 0), text);
      assert.doesNotMatch(text, /other protocol/);
    });

    for (const target of ['{evil}', path, 'http://{evil}/', '/', '*', 'h:443']) {
      test(`CONNECT ${target} is no tunnel: the connection is closed, and nobody hears of it`, async () => {
        const at = target.replace('{evil}', wire.evilHost);
        const { text, seen } = await play(`CONNECT ${at} HTTP/1.1\r\nHost: ${wire.evilHost}\r\n\r\n${hidden}`);
        assert.doesNotMatch(text, /^HTTP\/1\.1 2/);
        assert.deepEqual(seen, []);
      });
    }

    for (const version of [
      'HTTP/0.9',
      'HTTP/2.0',
      'HTTP/1.2',
      'HTTP/1.10',
      'HTTP/3.0',
      'HTTP/1',
      'http/1.1',
      'XTTP/1.1',
    ]) {
      test(`${version} is refused, and nothing reaches the cloud`, async () => {
        const { text, seen } = await play(`GET ${path} ${version}\r\n${host}\r\n`);
        assert.match(text, /^HTTP\/1\.1 (?:400|505) /);
        assert.deepEqual(seen, []);
      });
    }

    test('a request line without a version (HTTP/0.9) is refused, and nothing reaches the cloud', async () => {
      const { text, seen } = await play(`GET ${path}\r\n\r\n`);
      assert.match(text, /^HTTP\/1\.1 (?:400|505) /);
      assert.deepEqual(seen, []);
    });

    test('HTTP/1.0 is answered, with or without a Host, and the connection closed', async () => {
      const { text, seen } = await play(`GET ${path} HTTP/1.0\r\nAccept: application/json\r\n\r\n`);
      assert.match(text, /^HTTP\/1\.1 20[01] /);
      assert.match(text, /^Connection: close\r$/m);
      assert.equal(seen.length, 1);
    });

    test('headers over the limit are 431, in one or in thousands, and nothing reaches the cloud', async () => {
      const many = [
        'a: b\r\n'.repeat(3000),
        `X-A: ${'b'.repeat(90)}\r\n`.repeat(900),
        `X-A: ${'b'.repeat(17_000)}\r\n`,
        `${'c'.repeat(17_000)}: b\r\n`,
      ];
      for (const headers of many) {
        const { statuses, seen } = await play(`GET ${path} HTTP/1.1\r\n${host}${headers}\r\n`);
        assert.deepEqual([statuses, seen], [[431], []]);
      }
    });

    test('a target over the limit is 431, and one below it arrives whole', async () => {
      const long = await play(`GET ${path}?${'x'.repeat(66_000)} HTTP/1.1\r\n${host}\r\n`);
      assert.deepEqual([long.statuses, long.seen], [[431], []]);
      const below = 'x'.repeat(15_000);
      const { seen } = await play(`GET ${path}?${below} HTTP/1.1\r\n${host}\r\n`);
      assert.ok(seen[0]?.start.endsWith(`?${below} HTTP/1.1`));
    });

    test('hundreds of headers of one name arrive, and none of them is lost', async () => {
      const { seen } = await play(`GET ${path} HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(800)}\r\n`);
      const values = seen[0]?.headers.filter(([name]) => name === 'x-a').map(([, value]) => value);
      assert.equal(values?.join(', ').split(', ').length, 800);
    });

    /** Header fields that name the host, and the beginning of the links in the answer; `{own}` is the gateway's own address. */
    const hosts: readonly (readonly [string, string])[] = [
      ['Host: good.example:8774', 'http://good.example:8774'],
      ['Host: good.example\r\nX-Forwarded-Host: evil.example', 'http://good.example'],
      ['Host: good.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 1', 'http://good.example'],
      ['Host: good.example\r\nForwarded: host=evil.example;proto=https', 'http://good.example'],
      [
        'Host: good.example\r\nX-Host: evil\r\nX-Original-Host: evil\r\nX-HTTP-Host-Override: evil',
        'http://good.example',
      ],
      ['Host: good.example:99999', 'http://{own}'],
      ['Host: good.example%0d%0a', 'http://{own}'],
      ['Host:', 'http://{own}'],
    ];
    for (const [said, expected] of hosts) {
      test(`links to a caller who says ${JSON.stringify(said)} begin with ${expected}`, async () => {
        const { text, seen } = await play(`GET ${path} HTTP/1.1\r\nAccept: application/json\r\n${said}\r\n\r\n`);
        const [, origin = ''] = /(https?:\/\/[^"\r\n]*?)\/v2\/p\//.exec(text) ?? [];
        assert.equal(origin.replace(new URL(wire.gateway.url).host, '{own}'), expected, text);
        // The cloud receives one Host, with its own name.
        assert.deepEqual(
          seen.flatMap(({ headers }) => headers.filter(([name]) => name === 'host')),
          [['host', new URL(wire.cloud.url).host]],
        );
      });
    }

    const refusedHosts = [
      'Host: good.example\r\nHost: evil.example',
      'Host: good.example\r\nhost: good.example',
      'Host: good.example\r\nX-A: b\r\nHOST:',
      'Host: good.example@evil.example',
      'Host: good.example:80@evil.example',
      'Host: good.example/evil',
      'Host: good.example:-1',
      'Host: good.example:80:80',
      'Host: good.example?x',
      'Host: good.example#x',
      'Host: good.example\\x',
      'Host: good example',
      'Host: good.example, evil.example',
      'Host: \xe9vil',
      'Host: [::1',
      'Host: "evil"',
    ];
    for (const said of refusedHosts) {
      for (const version of ['HTTP/1.1', 'HTTP/1.0']) {
        test(`${JSON.stringify(said)} with ${version} is 400, and nothing reaches the cloud`, async () => {
          const { text, statuses, seen } = await play(`GET ${path} ${version}\r\n${said}\r\n\r\n`);
          assert.deepEqual([statuses, seen], [[400], []]);
          assert.match(text, /"badRequest":\{"message":"The (?:Host of the request|request has more)/);
        });
      }
    }

    test('a request of HTTP/1.1 without a Host is 400, and nothing reaches the cloud', async () => {
      const { statuses, seen } = await play(`GET ${path} HTTP/1.1\r\n\r\n`);
      assert.deepEqual([statuses, seen], [[400], []]);
    });
  });
}

describe('methods', () => {
  test('TRACE reaches the one cloud as any other, and the gateway echoes nothing itself', async () => {
    const { text, seen } = await play(`TRACE ${roads.forwarded} HTTP/1.1\r\n${host}X-Auth-Token: canary\r\n\r\n`);
    assert.equal(seen.length, 1);
    assert.doesNotMatch(text, /canary/);
    assert.deepEqual(seen.flatMap(framingOf), []);
  });

  for (const start of ['PRI * HTTP/2.0', 'get / HTTP/1.1', 'G\0T / HTTP/1.1', 'SMUGGLE / HTTP/1.1', '\x16\x03\x01']) {
    test(`${JSON.stringify(start)} is 400, and nothing reaches the cloud`, async () => {
      const { statuses, seen } = await play(`${start}\r\n${host}\r\nSM\r\n\r\n`);
      assert.deepEqual([statuses, seen], [[400], []]);
    });
  }
});

test('after all of it nobody contacted another origin, and nothing went wrong inside', () => {
  assert.equal(wire.evil.connections(), 0);
  assert.deepEqual(wire.cloud.about('smuggled'), []);
  assert.deepEqual(wire.cloud.rests(), []);
  assert.ok(wire.gateway.log.every(({ event }) => event !== 'internal error'));
});
