import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from '../../../../src/http/exchange/fair-share/network.ts';

test('an IPv4 address counts as one caller, and so do the first 56 bits of an IPv6 address', () => {
  const networks = {
    '192.0.2.7': '192.0.2.7',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:0::/56',
    '2001:0DB8:0001:0002::6': '2001:db8:1:0::/56',
    '2001:db8:1:12ff::6': '2001:db8:1:1200::/56',
    '2001:db8::1': '2001:db8:0:0::/56',
    '2001:db8:0:0:ffff::': '2001:db8:0:0::/56',
    '::1': '0:0:0:0::/56',
    'fe80::1%eth0': 'fe80:0:0:0::/56',
    '': '',
  };
  for (const [address, network] of Object.entries(networks)) assert.equal(networkOf(address), network, address);
});
