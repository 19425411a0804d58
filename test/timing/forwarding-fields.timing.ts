// Protects src/http/exchange/proxies/: what a caller writes left of a trusted proxy's item costs nothing to speak of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callersOrigin } from '../../src/http/exchange/proxies/callers-origin.ts';
import { trustedProxies } from '../../src/http/exchange/proxies/trusted-proxies.ts';

const proxies = trustedProxies(['10.0.0.0/8']);

for (const hostile of [
  '10.0.0.1,',
  ',',
  ' ',
  '"',
  '\\',
  'for="',
  'a',
  'a=',
  ';',
  'for=10.0.0.1,',
  '\\"',
  '="',
  'a=a;',
]) {
  test(`64 KiB of ${JSON.stringify(hostile)} in each field cost less than 20 ms`, () => {
    const field = hostile.repeat(65_536 / hostile.length);
    const startedAt = performance.now();
    callersOrigin('10.0.0.1', { 'x-forwarded-for': field, 'x-forwarded-host': field }, proxies);
    callersOrigin('10.0.0.1', { forwarded: field, 'x-forwarded-prefix': field }, proxies);
    assert.ok(performance.now() - startedAt < 20);
  });
}
