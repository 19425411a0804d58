import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callNameOf, resourceOfCall } from '../../src/compute/call-names.ts';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { novaRoutes, whyNoNovaSchemas } from '../support/nova-schemas.ts';

/** The words of a route, without its parameters. */
function wordsOf(route: string): string {
  return route
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('{'))
    .join('/');
}

describe('the name of a call', () => {
  const names: readonly (readonly [string, string, string])[] = [
    ['GET', '/v2/demo/os-certificates/root', 'GET os-certificates'],
    ['GET', '/v2.1/os-certificates/root', 'GET os-certificates'],
    ['HEAD', '/v2.1/4711/servers', 'HEAD servers'],
    ['GET', '/v2.1/demo/servers/detail?limit=1', 'GET servers/detail'],
    ['POST', '/v2.1/demo/servers/5/action', 'POST servers/action'],
    ['POST', '/v2.1/servers/5/action', 'POST servers/action'],
    ['GET', '/v2//demo//servers//5//os-volume_attachments/6', 'GET servers/os-volume_attachments'],
    ['GET', '/v2/demo/servers.xml', 'GET servers'],
    ['GET', '/v2/demo/gadgets', 'other'],
    ['GET', '/v2.1/servers/5/gadgets', 'GET servers'],
    ['OPTIONS', '/v2.1/servers', 'other'],
    ['GET', '/v3/users', 'other'],
    ['GET', '/v2/demo/__proto__', 'other'],
    ['GET', '/', 'other'],
  ];
  for (const [method, url, name] of names) {
    test(`of ${method} ${url} is "${name}"`, () => {
      assert.equal(callNameOf(method, resourceOfCall(url)), name);
    });
  }

  test('has the words of every operation', () => {
    for (const { scope = 'project', route } of operations as readonly Operation[])
      if (scope === 'project') assert.equal(resourceOfCall(`/v2/demo/${filled(route)}`), wordsOf(route));
  });

  test("has the first two words of every route of Nova's own", { skip: whyNoNovaSchemas() }, () => {
    const paths = novaRoutes().map(({ path }) => path.replace(/^\/+/, ''));
    assert.ok(paths.length > 200);
    for (const path of paths) {
      const words = wordsOf(path).split('/').slice(0, 2).join('/');
      if (words !== '' && words !== 'versions') assert.equal(resourceOfCall(`/v2.1/demo/${filled(path)}`), words);
    }
  });
});

/** A route with ids in the place of its parameters. */
function filled(route: string): string {
  return route.replaceAll(/\{\w+\}/g, '5');
}
