import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endToEnd, hopByHopNames } from '../../../src/http/cloud/header-fields.ts';

describe('headers', () => {
  test('of one connection do not go on (RFC 9110, 7.6.1)', () => {
    const names = hopByHopNames({});
    for (const name of ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade']) {
      assert.ok(names.has(name), name);
    }
    for (const name of ['x-auth-token', 'content-type', 'via', 'host']) assert.ok(!names.has(name), name);
  });

  test('that Connection names do not go on, in any case', () => {
    const names = hopByHopNames({ connection: 'keep-alive, X-Named ,x-other' });
    assert.ok(names.has('x-named') && names.has('x-other'));
  });

  test('of several Connection lines are all heard', () => {
    const names = hopByHopNames({ connection: ['x-a', 'x-b'] });
    assert.ok(names.has('x-a') && names.has('x-b'));
  });

  test('that are ours are left out, all others are kept as they are', () => {
    const kept = endToEnd(
      {
        'x-auth-token': 't',
        connection: 'x-named',
        'x-named': 'n',
        accept: 'a',
        'set-cookie': ['a', 'b'],
        'x-none': undefined,
        ':path': '/',
      },
      new Set(['accept']),
    );
    assert.deepEqual(kept, { 'x-auth-token': 't', 'set-cookie': ['a', 'b'] });
  });
});
