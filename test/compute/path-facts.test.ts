import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { pathFactsOf } from '../../src/compute/path-facts.ts';
import { createRouter } from '../../src/http/translate/router.ts';

const id = 'ea681a24-9b24-4f49-98ef-8e1f73acf19e';
const projects = ['6f70656e737461636b20342065766572', '6f70656e-7374-6163-6b20-342065766572', '4711', 'demo', 'os'];

/** The paths of each operation below a project, with words in the place of parameters. The list has a type of its own. */
const routes = (operations as readonly Operation[])
  .filter(({ scope = 'project' }) => scope === 'project')
  .map(({ method, route }) => ({ method, route: route.replaceAll(/\{\w+\}/g, 'word') }));

describe("a path's project", () => {
  for (const project of projects) {
    for (const version of ['v1.1', 'v2', 'v2.1']) {
      test(`is ${project} in every path of ${version} below it`, () => {
        for (const { route } of routes) {
          for (const end of ['', '?a=/v2/b/servers/c', '.xml', '.json?a=b'])
            assert.equal(pathFactsOf(`/${version}/${project}/${route}${end}`).project, project, route + end);
        }
      });
    }
  }

  // The names of collections in path-facts.ts are compared with the operations.
  test('is none in every path of v2.1 without one, and the router says the same', () => {
    const route = createRouter(operations);
    assert.ok(routes.length > 170);
    for (const { method, route: below } of routes) {
      for (const [path, project] of [
        [`/v2.1/${below}`, undefined],
        [`/v2.1/demo/${below}`, 'demo'],
        [`/v2/demo/${below}`, 'demo'],
      ] as const) {
        assert.equal(pathFactsOf(path).project, project, path);
        assert.equal(route(method, path)?.project, project, path);
      }
    }
  });

  const paths: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['/v2.1/flavors', undefined, undefined],
    ['/v2.1/os-keypairs', undefined, undefined],
    ['/v2.1/os-keypairs/servers/x', undefined, undefined],
    ['/v2.1/os-gadgets/5', undefined, undefined],
    ['/v2.1/gadgets/5', undefined, undefined],
    ['/v2.1/gadgets', undefined, undefined],
    ['/v2.1/4711', '4711', undefined],
    ['/v2.1/demo/os-gadgets/5', 'demo', undefined],
    ['/v2.1/6F70656E737461636B20342065766572/gadgets', '6F70656E737461636B20342065766572', undefined],
    [`/v2.1/servers/${id}`, undefined, id],
    [`/v2.1//servers//${id}?x=/`, undefined, id],
    [`/v2.1/servers/${id}.json`, undefined, id],
    [`/v2/demo/servers/${id}.xml`, 'demo', id],
    [`/v2/demo/servers/${id}.xml?x`, 'demo', id],
    [`/v1.1/demo/servers/${id}/action`, 'demo', id],
    ['/v2/demo/servers/detail', 'demo', undefined],
    ['/v2/demo/servers/detail.xml', 'demo', undefined],
    ['/v2.1/servers/detail?marker=x', undefined, undefined],
    ['/v2.1/servers', undefined, undefined],
    ['/v2/servers/detail', undefined, undefined],
    ['/v2/demo/gadgets', 'demo', undefined],
    ['/v2/demo.xml', 'demo', undefined],
    ['/v2/demo', 'demo', undefined],
    ['/v2/', undefined, undefined],
    ['/v2', undefined, undefined],
    ['/v2?x=/demo/servers/1', undefined, undefined],
    ['/v2.0/tokens', undefined, undefined],
    ['/', undefined, undefined],
  ];
  for (const [path, project, server] of paths) {
    test(`and its server, in ${path}`, () => {
      const found = pathFactsOf(path);
      assert.deepEqual([found.project, found.server], [project, server]);
    });
  }
});
