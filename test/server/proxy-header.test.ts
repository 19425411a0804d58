import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { crc32c } from '../../src/server/proxy-protocol/crc32c.ts';
import { longestHeader, readProxyHeader } from '../../src/server/proxy-protocol/proxy-header.ts';

const signature = '0d0a0d0a000d0a515549540a';
const tcp4 = '0a0000010a0000021f90115c';
/** A header of version 2: command, family, and what follows the length, in hexadecimal. */
function binary(command: string, family: string, rest: string): Buffer {
  const length = (rest.length / 2).toString(16).padStart(4, '0');
  return Buffer.from(`${signature}${command}${family}${length}${rest}`, 'hex');
}
const withChecksum = (wrong = 0): Buffer => {
  const header = binary('21', '11', `${tcp4}04000102030004${'00'.repeat(4)}`);
  header.writeUInt32BE((crc32c(header) ^ wrong) >>> 0, header.length - 4);
  return header;
};

const good: Readonly<Record<string, readonly [Buffer, string | undefined]>> = {
  'TCP4 in a line': [Buffer.from('PROXY TCP4 192.0.2.7 10.0.0.1 51000 8774\r\n'), '192.0.2.7 51000'],
  'TCP6 in a line': [Buffer.from('PROXY TCP6 2001:db8::7 ::1 0 8774\r\n'), '2001:db8::7 0'],
  'UNKNOWN alone': [Buffer.from('PROXY UNKNOWN\r\n'), undefined],
  'UNKNOWN with addresses': [Buffer.from('PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n'), undefined],
  'TCP4 in binary': [binary('21', '11', tcp4), '10.0.0.1 8080'],
  'TCP6 in binary': [binary('21', '21', `20010db8${'00'.repeat(11)}07${'00'.repeat(16)}1f90115c`), '2001:db8::7 8080'],
  'TCP4 with fields behind it': [binary('21', '11', `${tcp4}0200036162632000020102`), '10.0.0.1 8080'],
  'TCP4 with a checksum': [withChecksum(), '10.0.0.1 8080'],
  LOCAL: [binary('20', '00', ''), undefined],
  'LOCAL with addresses': [binary('20', '11', tcp4), undefined],
  'no family': [binary('21', '00', ''), undefined],
  'a unix socket': [binary('21', '31', '00'.repeat(216)), undefined],
};

describe('a PROXY header is read', () => {
  for (const [what, [bytes, client]] of Object.entries(good)) {
    test(`${what}, whole, byte by byte, and with a request behind it`, () => {
      for (let length = 0; length < bytes.length; length += 1)
        assert.equal(readProxyHeader(bytes.subarray(0, length)).kind, 'incomplete', String(length));
      for (const behind of ['', 'GET / HTTP/1.1\r\n', '\r\n\r\n']) {
        const header = readProxyHeader(Buffer.concat([bytes, Buffer.from(behind)]));
        assert.ok(header.kind === 'whole');
        assert.equal(header.length, bytes.length);
        assert.equal(header.client && `${header.client.address} ${header.client.port}`, client);
      }
    });
  }
});

const bad: Readonly<Record<string, Buffer>> = {
  'a request': Buffer.from('GET / HTTP/1.1\r\n'),
  'a line in lower case': Buffer.from('proxy TCP4 1.2.3.4 1.2.3.4 1 2\r\n'),
  'an unknown family': Buffer.from('PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n'),
  'an address of the other family': Buffer.from('PROXY TCP4 ::1 ::1 1 2\r\n'),
  'an address that is none': Buffer.from('PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n'),
  'an IPv6 address with a scope and a blank': Buffer.from('PROXY TCP6 fe80::1% ::1 1 2\r\n'),
  'a port with a sign': Buffer.from('PROXY TCP4 1.2.3.4 1.2.3.4 +1 2\r\n'),
  'a port that is too large': Buffer.from('PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n'),
  'a port with a zero before it': Buffer.from('PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n'),
  'two blanks': Buffer.from('PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n'),
  'a field too many': Buffer.from('PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n'),
  'a field too few': Buffer.from('PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n'),
  'a line that does not end': Buffer.from(`PROXY UNKNOWN ${'x'.repeat(93)}`),
  'a line that is too long': Buffer.from(`PROXY UNKNOWN ${'x'.repeat(92)}\r\n`),
  'another version': binary('31', '11', tcp4),
  'another command': binary('22', '11', tcp4),
  'another family': binary('21', '41', tcp4),
  'addresses that are cut off': binary('21', '11', tcp4.slice(2)),
  'a field that is longer than the header': binary('21', '11', `${tcp4}04000201`),
  'half a field': binary('21', '11', `${tcp4}0400`),
  'a wrong checksum': withChecksum(1),
  'a checksum of another size': binary('21', '11', `${tcp4}0300020102`),
  'a length over the limit': Buffer.from(
    `${signature}2111${(longestHeader - 15).toString(16).padStart(4, '0')}`,
    'hex',
  ),
};

describe('what is no good PROXY header is refused', () => {
  for (const [what, bytes] of Object.entries(bad))
    test(what, () => assert.deepEqual(readProxyHeader(bytes), { kind: 'invalid' }));
});

test('crc32c is that of RFC 3720', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3_06_92_83);
  assert.equal(crc32c(Buffer.alloc(32)), 0x8a_91_36_aa);
});

test('any bytes are judged at the latest at the length limit, more bytes change no judgement, and a good address is one', () => {
  const starts = ['', 'PROXY ', 'PROXY TCP4 ', `${Buffer.from(signature, 'hex').toString('latin1')}\x21\x11`];
  const someBytes = fc
    .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: longestHeader + 200 }))
    .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]));
  fc.assert(
    fc.property(someBytes, fc.uint8Array({ maxLength: 40 }), (bytes, more) => {
      const header = readProxyHeader(bytes);
      if (header.kind === 'incomplete') assert.ok(bytes.length < longestHeader);
      else assert.deepEqual(readProxyHeader(Buffer.concat([bytes, more])), header);
      if (header.kind === 'whole') assert.ok(header.length <= Math.min(longestHeader, bytes.length));
    }),
    { numRuns: 2000 },
  );
});
