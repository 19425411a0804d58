// Protects src/http/exchange/proxies/: who calls, and by which URL, as far as trusted proxies say it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { isIP } from 'node:net';
import { addressIn, nodeOf } from '../../../../src/http/exchange/proxies/address.ts';
import { callersOrigin } from '../../../../src/http/exchange/proxies/callers-origin.ts';
import { trustedProxies, type ForwardingFields } from '../../../../src/http/exchange/proxies/trusted-proxies.ts';

type Headers = Readonly<Record<string, string>>;

const originOf = (headers: Headers, peer = '10.0.0.1', fields: ForwardingFields = 'auto') =>
  callersOrigin(peer, headers, trustedProxies(['10.0.0.0/8', 'fd00::/8', 'loopback'], fields));
const clientOf = (forwardedFor: string, peer?: string): string =>
  originOf({ 'x-forwarded-for': forwardedFor }, peer).client;

describe('the client is the nearest address that is no trusted proxy', () => {
  test('without trusted proxies it is the peer, whatever it claims', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.2' };
    assert.equal(callersOrigin('10.0.0.1', headers, trustedProxies([])).client, '10.0.0.1');
    assert.equal(originOf(headers, '203.0.113.9').client, '203.0.113.9');
  });

  for (const [chain, client] of [
    ['192.0.2.1', '192.0.2.1'],
    ['spoofed, 192.0.2.1', '192.0.2.1'],
    ['198.51.100.7, 192.0.2.1', '192.0.2.1'],
    ['198.51.100.7, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
    ['192.0.2.1,10.9.9.9 ,\t10.0.0.2', '192.0.2.1'],
    ['10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['2001:db8::1, fd00::2', '2001:db8::1'],
    ['192.0.2.1, ::ffff:10.0.0.2', '192.0.2.1'],
    ['192.0.2.1, ::ffff:a00:2', '192.0.2.1'],
    ['::ffff:c000:209', '192.0.2.9'],
    ['[0:0:0:0:0:FFFF:c000:0209]:443', '192.0.2.9'],
    ['64:ff9b::c000:209', '64:ff9b::c000:209'],
    ['', '10.0.0.1'],
    ['192.0.2.1, unknown', '10.0.0.1'],
    ['192.0.2.1, unknown, 10.0.0.2', '10.0.0.2'],
    ['192.0.2.1, fe80::1%aaaaaaaaaaaaaaaaaaaaaaaaaaaa', '10.0.0.1'],
    ['192.0.2.1,', '10.0.0.1'],
  ] as const) {
    test(`X-Forwarded-For: ${chain}`, () => assert.equal(clientOf(chain), client));
  }

  for (const [forwarded, client] of [
    ['for=192.0.2.1', '192.0.2.1'],
    ['For="192.0.2.1:80"; Proto=https ;by=10.0.0.1', '192.0.2.1'],
    ['for=198.51.100.7, for=192.0.2.1, for="10.0.0.2"', '192.0.2.1'],
    ['for="[2001:db8::1]:4711"', '2001:db8::1'],
    ['for=_hidden', '10.0.0.1'],
    ['for=192.0.2.1, proto=https', '10.0.0.1'],
    ['for=192.0.2.1, for==', '10.0.0.1'],
    ['for="198.51.100.7, for=192.0.2.1', '192.0.2.1'],
    ['for="198.51.100.7\\", for="192.0.2.1"', '192.0.2.1'],
    ['__proto__=x;for=192.0.2.1', '192.0.2.1'],
  ] as const) {
    test(`Forwarded: ${forwarded}`, () => assert.equal(originOf({ forwarded }).client, client));
  }

  test('the peer of a unix socket counts as its setting says', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    assert.equal(callersOrigin('', headers, trustedProxies(['unix'])).client, '192.0.2.1');
    assert.equal(callersOrigin('', headers, trustedProxies(['loopback'])).client, '');
  });

  test('Forwarded of a caller does not count beside X-Forwarded-For of a proxy, unless the setting says so', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=198.51.100.7;host=evil.example' };
    const { client, host } = originOf(headers);
    assert.deepEqual({ client, host }, { client: '192.0.2.1', host: undefined });
    assert.equal(originOf(headers, '10.0.0.1', 'forwarded').client, '198.51.100.7');
    assert.equal(originOf({ forwarded: headers.forwarded }, '10.0.0.1', 'x-forwarded').client, '10.0.0.1');
  });

  test('no header field makes it anything but an address', () => {
    const item = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('10.0.0.2', 'for=10.0.0.2', 'for="', '"', '\\"', 'for="[fd00::1]"', 'host="a,b"', ';', '=', ' '),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), fc.constantFrom(',', ';', ', ', ''), (items, separator) => {
        const field = items.join(separator);
        for (const name of ['x-forwarded-for', 'forwarded'])
          assert.notEqual(isIP(originOf({ [name]: field }).client), 0, field);
      }),
    );
  });

  test('the elements that trusted proxies append are read, whatever stands before them', () => {
    const before = fc.string({ unit: fc.constantFrom('"', '\\', ',', ';', '=', 'for', ' ', 'a'), maxLength: 20 });
    fc.assert(
      fc.property(before, (claim) => {
        const forwarded = `${claim}, for=192.0.2.1;host="p, \\"q";proto=https, for="[fd00::2]:1"`;
        const { client, host, scheme } = originOf({ forwarded });
        assert.deepEqual({ client, host, scheme }, { client: '192.0.2.1', host: 'p, "q', scheme: 'https' });
      }),
    );
  });

  test('a chain of trusted addresses is followed for 32 hops', () => {
    assert.equal(clientOf(`192.0.2.1${', 10.0.0.2'.repeat(31)}`), '192.0.2.1');
    assert.equal(clientOf(`192.0.2.1${', 10.0.0.2'.repeat(32)}`), '10.0.0.2');
  });
});

describe('the URL of a request is what trusted proxies say of it', () => {
  test('of X-Forwarded-* the nearest proxy has written the right-most', () => {
    const headers = {
      'x-forwarded-host': 'evil.example, public.example',
      'x-forwarded-proto': 'http, https',
      'x-forwarded-prefix': '/evil, /compute',
    };
    const { host, scheme, prefix } = originOf(headers);
    assert.deepEqual([host, scheme, prefix], ['public.example', 'https', '/compute']);
  });

  test('of Forwarded the outermost trusted proxy counts, which knows what the caller asked for', () => {
    const forwarded =
      'for=198.51.100.7;host=evil.example, for=192.0.2.1;host=public.example;proto=https, for=10.0.0.2;host=inner;proto=http';
    const { host, scheme } = originOf({ forwarded });
    assert.deepEqual([host, scheme], ['public.example', 'https']);
  });
});

test('an address is written as a node of Forwarded, and read again', () => {
  assert.equal(nodeOf('2001:db8::1'), '"[2001:db8::1]"');
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      assert.equal(addressIn(nodeOf(address).replaceAll('"', '')), addressIn(address));
    }),
  );
});
