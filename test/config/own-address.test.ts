// Protects src/config/combinations/own-address.ts: a gateway whose cloud would be itself does not start.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';

const load = (settings: Readonly<Record<string, string>>): unknown =>
  loadConfig({ GATEWAY_UPSTREAM_PROFILE: 'nova', ...settings });

describe('a URL of the cloud that is a port of the gateway', () => {
  for (const [url, host, port] of [
    ['http://127.0.0.1:8774', '127.0.0.1', '8774'],
    ['http://localhost:8774/compute', '127.0.0.1', '8774'],
    ['http://localhost:8774', '0.0.0.0', '8774'],
    ['http://[::1]:8774', '::', '8774'],
    ['http://127.0.0.1', '0.0.0.0', '80'],
    ['https://LOCALHOST', 'localhost', '443'],
    ['http://10.0.0.5:8774', '10.0.0.5', '8774'],
    ['http://127.0.0.1:9774', '0.0.0.0', '8774'],
  ] as const)
    test(`${url} is refused for ${host}:${port}`, () => {
      assert.throws(
        () => load({ GATEWAY_UPSTREAM_URL: url, GATEWAY_HOST: host, GATEWAY_PORT: port }),
        /GATEWAY_UPSTREAM_URL is .* own GATEWAY_(?:ADMIN_)?PORT;/,
      );
    });

  for (const [url, host, port] of [
    ['http://127.0.0.1:8775', '0.0.0.0', '8774'],
    ['http://127.0.0.1:8774', '10.0.0.5', '8774'],
    ['http://10.0.0.6:8774', '10.0.0.5', '8774'],
    ['http://127.0.0.2:8774', '127.0.0.1', '8774'],
    ['http://127.0.0.1:8774', '0.0.0.0', '0'],
    ['http://compute.example.com:8774', '0.0.0.0', '8774'],
  ] as const)
    test(`${url} is allowed for ${host}:${port}`, () => {
      assert.doesNotThrow(() => load({ GATEWAY_UPSTREAM_URL: url, GATEWAY_HOST: host, GATEWAY_PORT: port }));
    });
});
