import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownPath } from '../../../src/observe/shown/shown-path.ts';

for (const [target, shown] of Object.entries({
  '/v2.0/tokens/secret?belongsTo=p': '/v2.0/tokens/***',
  '/v2.0/tokens/secret/endpoints': '/v2.0/tokens/***/endpoints',
  '//v2.0//tokens//secret//': '//v2.0//tokens//***//',
  '/v2.0/%74okens/secret': '/v2.0/tokens/***',
  '/v2.0/t%6Fkens/a%2Fb': '/v2.0/tokens/***',
  '/v2.0/tokens': '/v2.0/tokens',
  '/v2.1/os-console-auth-tokens/secret': '/v2.1/os-console-auth-tokens/***',
  '/v2/p/servers/a%20b?x=1': '/v2/p/servers/a%20b',
})) {
  test(`${target} is shown as ${shown}`, () => assert.equal(shownPath(target), shown));
}
