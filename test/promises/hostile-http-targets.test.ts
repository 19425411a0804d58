// Guards: origin-form.ts (what a target may be, and that it is brought into origin form before anything reads it),
// route-template.ts `isSegment`, the one fixed origin of connections.ts and by-proxy.ts (`target`, `changeOrigin`).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { speak, withWire } from './hostile-wire.ts';

/** A cloud behind a path: what climbs out of it would be another service of the same host. */
const wire = withWire({ GATEWAY_UPSTREAM_PROFILE: 'nova' }, { path: '/compute' });

/** Send a request line, and give what the cloud got of it: every request since. */
async function ask(
  method: string,
  target: string,
  headers = '',
): Promise<{ statuses: readonly number[]; seen: string[] }> {
  const before = wire.cloud.about('').length;
  const { statuses } = await speak(
    wire.gateway.url,
    `${method} ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${headers}\r\n`,
  );
  return {
    statuses,
    seen: wire.cloud
      .about('')
      .slice(before)
      .map(({ start }) => start),
  };
}

describe('a path that would lead elsewhere is 400 on every road, and nothing reaches the cloud', () => {
  const climbing = [
    '/..',
    '/../admin',
    '/v2/..',
    '/v2/p/../os-x',
    '/v2/p/os-x/..',
    '/v2/./p/servers/s',
    '/./os-x',
    '/%2e%2e/admin',
    '/v2/p/%2E%2e/os-x',
    '/v2/p/.%2e/os-x',
    '/v2/p/%2e/servers',
    '/v2/p/..%2fos-x',
    '/v2/p/x%2f..%2f..%2f..%2fadmin',
    '/v2/p/..%5c..%5cadmin',
    '/\\..\\admin',
    '/v2/p\\..\\..\\admin',
    '/v2/p/..;/admin',
    '/v2/p/..;x=y/admin',
    '/v2/p/servers/s/../../../../admin',
    '/v2/p/servers/..',
    '/v2/p/servers/%2e%2e/action',
    '/v2/p/..?x',
    '/v2/p/..#x',
    'http://h/../admin',
    'http://h/v2/p/%2e%2e/os-x',
  ];
  for (const target of climbing) {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      test(`${method} ${target}`, async () => {
        assert.deepEqual(await ask(method, target), { statuses: [400], seen: [] });
      });
    }
  }
});

// Holds the search for `#` of origin-form.ts: what follows it would be hidden from the search for dots, and not from clouds.
describe('a target with a fragment, which none has, is 400 on every road, and nothing reaches the cloud', () => {
  const fragments = [
    '/v2.1/p/os-x#/../../../admin',
    '/v2.1/p/os-x#/../..?y',
    'http://h/v2.1#/../../admin',
    '/#/../admin',
    '/v2/p/servers/s#/..',
    '/v2/p/servers/s#x',
    '/v2/p/os-x#',
    '/v2/p/os-x?x#y',
    '/v2/p/servers/s?x=#/../y',
    'http://h#/v2/p/os-x',
  ];
  for (const target of fragments) {
    for (const method of ['GET', 'POST']) {
      test(`${method} ${target}`, async () => {
        assert.deepEqual(await ask(method, target), { statuses: [400], seen: [] });
      });
    }
  }

  test('but one that is spelled as %23 is a part of the path', async () => {
    const { seen } = await ask('GET', '/v2/p/os-x%23y?z=%23');
    assert.deepEqual(seen, ['GET /compute/v2/p/os-x%23y?z=%23 HTTP/1.1']);
  });
});

const targets = (evil: string): string[] => [
  `ftp://${evil}/v2/p/os-x`,
  `ws://${evil}/v2/p/os-x`,
  `httpx://${evil}/v2/p/os-x`,
  `gopher://${evil}/`,
  'file:///etc/passwd',
  'admin://x/',
  '*',
  '*/../admin',
  evil,
  `@${evil}/x`,
  `.${evil}`,
  `http:/${evil}/x`,
  `http:${evil}/x`,
  `http:\\\\${evil}\\x`,
  'x',
  '?x',
  '#x',
  'v2/p/os-x',
  '/v2/p/\tos-x',
  '/v2/p/os-x\0',
  '/v2/p/os-x\x7f',
  '/v2/p/os-x\x80',
  '/v2/p/\xc3\xa9',
  '/v2/p/os-x X-I: 1',
];

describe('a target that names no path is refused, and nothing reaches the cloud', () => {
  for (const index of targets('evil').keys()) {
    for (const method of ['GET', 'OPTIONS']) {
      test(`${method} ${JSON.stringify(targets('{evil}')[index])}`, async () => {
        const { statuses, seen } = await ask(method, targets(wire.evilHost)[index] ?? '');
        assert.deepEqual([...statuses], [400]);
        assert.deepEqual(seen, []);
      });
    }
  }
});

const at = (text: string): string => text.replaceAll('{evil}', wire.evilHost);

describe('a target that names another origin is a path at the one cloud', () => {
  /** The request target, with `{evil}` for the other origin, and the path that the cloud receives. */
  const named: readonly (readonly [string, string])[] = [
    ['http://{evil}/v2/p/os-x', '/compute/v2/p/os-x'],
    ['http://{evil}/v2/p/servers/s', '/compute/v2.1/p/servers/s'],
    ['HTTP://{evil}/v2/p/os-x', '/compute/v2/p/os-x'],
    ['https://{evil}/v2/p/servers/s?x=1', '/compute/v2.1/p/servers/s?x=1'],
    ['http://user:secret@{evil}/v2/p/os-x', '/compute/v2/p/os-x'],
    ['http://h@{evil}/v2/p/servers/s', '/compute/v2.1/p/servers/s'],
    ['http:///v2/p/os-x', '/compute/v2/p/os-x'],
    ['//{evil}/v2/p/os-x', '/compute//{evil}/v2/p/os-x'],
    ['///{evil}/v2/p/os-x', '/compute///{evil}/v2/p/os-x'],
    ['http://h//{evil}/v2/p/os-x', '/compute//{evil}/v2/p/os-x'],
    ['/http://{evil}/v2/p/os-x', '/compute/http://{evil}/v2/p/os-x'],
    ['/v2/p/http://{evil}/os-x', '/compute/v2/p/http://{evil}/os-x'],
    ['/@{evil}/v2/p/os-x', '/compute/@{evil}/v2/p/os-x'],
    ['/v2/p/os-x@{evil}', '/compute/v2/p/os-x@{evil}'],
    ['/v2/p/os-x?url=http://{evil}/&u=//{evil}', '/compute/v2/p/os-x?url=http://{evil}/&u=//{evil}'],
    ['/v2/p/servers/s?url=http://{evil}/', '/compute/v2.1/p/servers/s?url=http://{evil}/'],
    ['/v2/p/servers/s%40{evil}', '/compute/v2.1/p/servers/s%40{evil}'],
    ['/v2/p/servers/@{evil}', '/compute/v2.1/p/servers/@{evil}'],
  ];
  for (const [target, expected] of named) {
    test(`${target} is ${expected}`, async () => {
      // The cloud's answer may become 502, because it is no document of the operation. Only the request that it received matters.
      const { seen } = await ask('GET', at(target), 'Accept: application/json\r\n');
      assert.deepEqual(seen, [`GET ${at(expected)} HTTP/1.1`]);
    });
  }

  test('a target whose origin cannot be read is a path at the one cloud too, or refused by a fault', async () => {
    for (const target of ['http://[/v2/p/os-x', 'http://evil@', 'http://[::1/v2/p/servers/s', 'http://%/v2/p/os-x']) {
      const { text, statuses } = await speak(wire.gateway.url, `OPTIONS ${target} HTTP/1.1\r\nHost: h\r\n\r\n`);
      assert.equal(statuses.length, 1);
      assert.doesNotMatch(text, /<!DOCTYPE|<html/i, target);
    }
  });
});

describe('what is in a path stays as it was spelled', () => {
  const spelled: readonly (readonly [string, string])[] = [
    ['/v2/p/os-x%2fy', '/v2/p/os-x%2fy'],
    ['/v2/p/os-x%5cy', '/v2/p/os-x%5cy'],
    ['/v2/p/os-x\\y', '/v2/p/os-x\\y'],
    ['/v2/p;x=y/os-x;z', '/v2/p;x=y/os-x;z'],
    ['/v2/p//os-x', '/v2/p//os-x'],
    ['/v2/p/os-x%00', '/v2/p/os-x%00'],
    ['/v2/p/os-x%0d%0aX-I:1', '/v2/p/os-x%0d%0aX-I:1'],
    ['/v2/p/servers/s%0d%0aX-I:1', '/v2.1/p/servers/s%0d%0aX-I:1'],
    ['/v2/p/servers/s%2fx', '/v2/p/servers/s%2fx'],
    ['/v2/p/servers/s%00', '/v2/p/servers/s%00'],
    ['/v2/p/servers/s;x', '/v2.1/p/servers/s;x'],
    ['/v2/p/servers/s?x=%0d%0aX-I:1', '/v2.1/p/servers/s?x=%0d%0aX-I:1'],
    ['/v2/p/os-x|<>"{}^`', '/v2/p/os-x|<>"{}^`'],
    ['/v2/p/...', '/v2/p/...'],
    ['/v2/p/os-x..', '/v2/p/os-x..'],
    ['/v2/p/os-x?a=/../b', '/v2/p/os-x?a=/../b'],
    ['/v2%2fp/servers/s', '/v2%2fp/servers/s'],
    ['/v1.1/p/os-x', '/v2/p/os-x'],
    ['//v1.1//p/os-x', '/v2//p/os-x'],
  ];
  for (const [target, expected] of spelled) {
    test(`${target} arrives as ${expected}`, async () => {
      const { seen } = await ask('GET', target);
      assert.deepEqual(seen, [`GET /compute${expected} HTTP/1.1`]);
    });
  }
});

// RFC 3986, 6.2.2.2: both spellings are one path, so both take the same road.
describe('a character that needs no encoding is the same character encoded', () => {
  const spelled: readonly (readonly [string, string])[] = [
    ['/v2/p/%73ervers/s', '/v2.1/p/servers/s'],
    ['/v1%2e1/p/os-x', '/v2/p/os-x'],
    ['/v1%2E1/%70/os%2dx%7E', '/v2/p/os-x~'],
    ['/v2/p/os-x%2Ejson', '/v2/p/os-x'],
    // Once: what comes out of it is not decoded again.
    ['/v2/p/os-x%25%36%31', '/v2/p/os-x%2561'],
    ['/v2/p/os-x?a=%61', '/v2/p/os-x?a=%61'],
    ['/v2/p/os-x%3fa%23%3B%40', '/v2/p/os-x%3fa%23%3B%40'],
  ];
  for (const [target, expected] of spelled) {
    test(`${target} arrives as ${expected}`, async () => {
      const { seen } = await ask('GET', target);
      assert.deepEqual(seen, [`GET /compute${expected} HTTP/1.1`]);
    });
  }
});

test('after all of it nobody contacted another origin, and nothing went wrong inside', () => {
  assert.equal(wire.evil.connections(), 0);
  assert.deepEqual(wire.cloud.rests(), []);
  assert.ok(wire.cloud.about('').every(({ start }) => / \/compute(?:\/[^ ]*)? HTTP\/1\.1$/.test(start)));
  assert.doesNotMatch(wire.cloud.bytes(), /^x-i:/im);
  assert.deepEqual(
    wire.gateway.log.filter(({ event }) => event === 'internal error'),
    [],
  );
});
