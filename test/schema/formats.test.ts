import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formats, type FormatName } from '../../src/schema/formats.ts';

const id = '70a599e0-31e7-49b7-b260-868f441e862b';

/** The format, a text, and its normal form; undefined where it has none. */
const table: readonly (readonly [FormatName, string, string | undefined])[] = [
  ['imageId', id, id],
  ['imageId', id.toUpperCase(), id],
  ['imageId', `http://glance.example.com:9292/images/${id}`, id],
  ['imageId', `/v2/openstack/images/${id}`, id],
  ['imageId', `images/${id}`, id],
  ['imageId', `https://x/images/${id}/`, id],
  ['imageId', `https://x/images/${id}?a=/b`, id],
  ['imageId', `https://x/images/${id}/?a`, id],
  ['imageId', `https://x/images/${id}#a/b`, id],
  ['imageId', '', undefined],
  ['imageId', '1', undefined],
  ['imageId', ` ${id}`, undefined],
  ['imageId', `{${id}}`, undefined],
  ['imageId', `urn:uuid:${id}`, undefined],
  ['imageId', id.replaceAll('-', ''), undefined],
  ['imageId', `${id}/members`, undefined],
  ['imageId', `${id}\n`, undefined],
  ['serverName', 'x', 'x'],
  ['serverName', ' x ', ' x '],
  ['serverName', 'x'.repeat(255), 'x'.repeat(255)],
  ['serverName', ` ${'x'.repeat(255)} `, ` ${'x'.repeat(255)} `],
  ['serverName', '😀'.repeat(255), '😀'.repeat(255)],
  ['serverName', 'x'.repeat(256), undefined],
  ['serverName', '', undefined],
  ['serverName', ' \t\n', undefined],
  ['ipv4', '1.2.3.4', '1.2.3.4'],
  ['ipv4', '10.1', '10.0.0.1'],
  ['ipv4', '10.1.258', '10.1.1.2'],
  ['ipv4', '0x7f.1', '127.0.0.1'],
  ['ipv4', '017.0.0.1', '15.0.0.1'],
  ['ipv4', '2130706433', '127.0.0.1'],
  ['ipv4', '255.255.255.255', '255.255.255.255'],
  ['ipv4', '4294967295', '255.255.255.255'],
  ['ipv4', '0', '0.0.0.0'],
  ['ipv4', '256.1.1.1', undefined],
  ['ipv4', '1.2.3.256', undefined],
  ['ipv4', '4294967296', undefined],
  ['ipv4', '1.2.3.4.5', undefined],
  ['ipv4', '1.2.3.4/24', undefined],
  ['ipv4', ' 1.2.3.4', undefined],
  ['ipv4', '1..2', undefined],
  ['ipv4', '1.2.3.', undefined],
  ['ipv4', '08.1.1.1', undefined],
  ['ipv4', '-1', undefined],
  ['ipv4', '', undefined],
  ['ipv4', 'fe80::1', undefined],
  ['ipv6', 'fe80::100', 'fe80::100'],
  ['ipv6', 'FE80:0:0::0100', 'FE80:0:0::0100'],
  ['ipv6', '::ffff:1.2.3.4', '::ffff:1.2.3.4'],
  ['ipv6', '::', '::'],
  ['ipv6', 'fe80::1%eth0', undefined],
  ['ipv6', 'fe80::1/64', undefined],
  ['ipv6', ' ::1', undefined],
  ['ipv6', '1.2.3.4', undefined],
  ['ipv6', '', undefined],
];

for (const [format, text, normal] of table) {
  const says = normal === undefined ? 'is refused' : `is ${JSON.stringify(normal).slice(0, 50)}`;
  test(`${format} ${JSON.stringify(text).slice(0, 60)} ${says}`, () => {
    assert.equal(formats[format].normalize(text), normal);
  });
}
