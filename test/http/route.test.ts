import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operations } from '../../src/compute/operations.ts';
import { cloudPath, createRouter, type Call } from '../../src/http/route.ts';

const find = createRouter(operations);
const route = (url: string, method = 'POST'): Call | undefined => find(method, url);

/** The path at the cloud, or undefined where no operation has the path. */
function atCloud(url: string): string | undefined {
  const call = route(url);
  return call === undefined ? undefined : cloudPath('servers/{server_id}/action', call) + call.query;
}

describe('a path that some operation may mean', () => {
  const described: Readonly<Record<string, string>> = {
    '/v1.1/p/servers/s/action': '/v2.1/p/servers/s/action',
    '/v2/p/servers/s/action': '/v2.1/p/servers/s/action',
    '/v2.1/p/servers/s/action': '/v2.1/p/servers/s/action',
    '/v2.1/servers/s/action': '/v2.1/servers/s/action',
    '/v2/p/servers/s/action.xml': '/v2.1/p/servers/s/action',
    '/v2/p/servers/s/action.json': '/v2.1/p/servers/s/action',
    '//v2//p//servers//s//action': '/v2.1/p/servers/s/action',
    '/v2.1//servers///s/action': '/v2.1/servers/s/action',
    '/v2/p/servers/s/action?x=1&y=%2F': '/v2.1/p/servers/s/action?x=1&y=%2F',
    '/v2/p/servers/s/action?': '/v2.1/p/servers/s/action?',
    '/v2/p/servers/s/action.xml?a.json': '/v2.1/p/servers/s/action?a.json',
    '/v2/servers/servers/s/action': '/v2.1/servers/servers/s/action',
    '/v2.1/servers/servers/action': '/v2.1/servers/servers/action',
    '/v2/p/servers/s.xml/action': '/v2.1/p/servers/s.xml/action',
    '/v2/...p/servers/.s/action': '/v2.1/...p/servers/.s/action',
  };
  for (const [url, expected] of Object.entries(described)) {
    test(`${url} is ${expected}`, () => assert.equal(atCloud(url), expected));
  }

  const foreign = [
    '/',
    '/v2',
    '/v2/p/servers/s',
    '/v2/p/servers/action',
    '/v2/servers/s/action',
    '/v1.1/servers/s/action',
    '/v2/p/servers/s/action/',
    '/v2/p/servers/s/actions',
    '/v2/p/servers/s/action.XML',
    '/v2/p/servers/s/action.atom',
    '/v2/p/servers/s/action.xml.json',
    '/v3/p/servers/s/action',
    '/v1.0/p/servers/s/action',
    '/v1x1/p/servers/s/action',
    '/v2.2/p/servers/s/action',
    '/V2/p/servers/s/action',
    '/v2/p/Servers/s/action',
    '/v2/../servers/s/action',
    '/v2/./servers/s/action',
    '/v2/p/servers/../action',
    '/v2.1/../servers/s/action',
    '/v2/p/servers/%73/action',
    '/v2/p%2Fq/servers/s/action',
    '/v2/p/servers/s/%61ction',
    '/v2/p/servers/s;x/action',
    '/v2/p/servers/s/action#x',
    '/x/v2/p/servers/s/action',
    '/v2/p/servers/s/action\n',
    '*',
    '',
  ];
  for (const url of foreign) {
    test(`${JSON.stringify(url)} is none`, () => assert.equal(route(url), undefined));
  }

  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'post']) {
    test(`${method} is none`, () => assert.equal(route('/v2/p/servers/s/action', method), undefined));
  }

  test('tells the version, the project and what the path names, whatever the suffix', () => {
    const call = route('/v1.1/p/servers/s/action.xml?q');
    assert.deepEqual(
      [call?.version, call?.project, call?.parameters, call?.query],
      ['v1.1', 'p', { server_id: 's' }, '?q'],
    );
    assert.deepEqual(
      call?.operations.map(({ name }) => name),
      ['rebuild'],
    );
    const bare = route('/v2.1/servers/s/action');
    assert.deepEqual([bare?.version, bare?.project, bare?.query], ['v2.1', undefined, '']);
  });

  test('takes no longer for a long path', () => {
    const startedAt = performance.now();
    route(`/${'/'.repeat(60_000)}v2/p/servers/s/actio`);
    route(`/v2/${'a'.repeat(30_000)}/servers/${'.'.repeat(30_000)}/action.`);
    route(`/v2/p${'/'.repeat(60_000)}`);
    assert.ok(performance.now() - startedAt < 200);
  });
});
