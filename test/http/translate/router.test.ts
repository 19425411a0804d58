import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../../src/compute/operation.ts';
import { operations } from '../../../src/compute/operations/operations.ts';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import { cloudPath } from '../../../src/http/translate/cloud-path.ts';
import { createRouter, type Call } from '../../../src/http/translate/router.ts';

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
    '/v2/p/servers/%73/action': '/v2.1/p/servers/%73/action',
    '/v2/p%20q/servers/a%C3%A9%3Fb%23/action': '/v2.1/p%20q/servers/a%C3%A9%3Fb%23/action',
    '/v2/p/servers/%2e%2E%2e/action': '/v2.1/p/servers/%2e%2E%2e/action',
    "/v2/p/servers/s;x!$&'()*+,=~/action": "/v2.1/p/servers/s;x!$&'()*+,=~/action",
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
    '/v2/p/servers/%2e%2e/action',
    '/v2/p/servers/.%2E/action',
    '/v2/p/servers/%2e/action',
    '/v2/%2e%2e/servers/s/action',
    '/v2.1/%2E./servers/s/action',
    '/v2/p/servers/s%2Ft/action',
    '/v2/p/servers/..%2f..%2Ft/action',
    '/v2/p/servers/s%5ct/action',
    '/v2/p/servers/s%00/action',
    '/v2/p/servers/s%/action',
    '/v2/p/servers/s%7/action',
    '/v2/p/servers/s%zz/action',
    '/v2/p/servers/s\\t/action',
    '/v2/p/servers/é/action',
    '/v2/p/servers/a b/action',
    '/v2/p/servers/s"<>/action',
    '/v2/p%2Fq/servers/s/action',
    '/v2/p/servers/s/%61ction',
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
      call?.operations,
      operations.filter(
        ({ route: template, method }) => method === 'POST' && template === 'servers/{server_id}/action',
      ),
    );
    assert.ok(call?.operations.includes(rebuild));
    const bare = route('/v2.1/servers/s/action.json');
    assert.deepEqual([bare?.version, bare?.project, bare?.query], ['v2.1', undefined, '']);
  });
});

describe('paths of several operations', () => {
  const router = createRouter([
    described('show', 'GET', 'servers/{server_id}'),
    described('showMetadata', 'GET', 'servers/{server_id}/metadata/{key}'),
    described('listDetail', 'GET', 'servers/detail'),
    described('list', 'GET', 'servers'),
    described('delete', 'DELETE', 'servers/{server_id}'),
    described('showKey', 'GET', 'os-keypairs/{keypair_name}'),
    described('reboot', 'POST', 'servers/{server_id}/action'),
    described('pause', 'POST', 'servers/{server_id}/action'),
  ]);

  /** The method and path, the operations, the project, and what the path names. */
  const table: readonly (readonly [string, string, string | undefined, Readonly<Record<string, string>>])[] = [
    ['GET /v2/p/servers', 'list', 'p', {}],
    ['GET /v2/p/servers.json', 'list', 'p', {}],
    ['GET /v2/p/servers/detail', 'listDetail', 'p', {}],
    ['GET /v2/p/servers/detail.xml?limit=1', 'listDetail', 'p', {}],
    ['GET /v2/p/servers/details', 'show', 'p', { server_id: 'details' }],
    ['GET /v2/p/servers/%64etail', 'show', 'p', { server_id: '%64etail' }],
    ['GET /v2/p/servers/ID.xml', 'show', 'p', { server_id: 'ID' }],
    ['GET /v2/p/servers/ID.json.xml', 'show', 'p', { server_id: 'ID.json' }],
    ['GET /v2/p/servers/ID.XML', 'show', 'p', { server_id: 'ID.XML' }],
    ['GET /v2/p/servers/xml', 'show', 'p', { server_id: 'xml' }],
    ['DELETE /v2/p/servers/ID.xml', 'delete', 'p', { server_id: 'ID' }],
    ['DELETE /v2/p/servers/detail', 'delete', 'p', { server_id: 'detail' }],
    ['POST /v2/p/servers/s/action', 'reboot, pause', 'p', { server_id: 's' }],
    ['GET /v2/p/servers/s/metadata/a%20b%3Ac', 'showMetadata', 'p', { server_id: 's', key: 'a%20b%3Ac' }],
    ['GET /v2/p/servers/s/metadata/a:b', 'showMetadata', 'p', { server_id: 's', key: 'a:b' }],
    ['GET /v2/p/servers/s/metadata/k.xml', 'showMetadata', 'p', { server_id: 's', key: 'k' }],
    ['GET /v2/p/servers/s/metadata/__proto__', 'showMetadata', 'p', { server_id: 's', key: '__proto__' }],
    ['GET /v2.1/servers', 'list', undefined, {}],
    ['GET /v2.1/servers/detail', 'listDetail', undefined, {}],
    ['GET /v2.1/servers/s', 'show', undefined, { server_id: 's' }],
    ['GET /v2.1/p/servers', 'list', 'p', {}],
    ['GET /v2.1/p/servers/detail', 'listDetail', 'p', {}],
    ['GET /v2.1/os-keypairs/my%20key', 'showKey', undefined, { keypair_name: 'my%20key' }],
    ['GET /v2.1/servers/servers/detail', 'listDetail', 'servers', {}],
  ];
  for (const [line, names, project, parameters] of table) {
    test(`${line} is ${names}`, () => {
      const call = router(...split(line));
      assert.deepEqual(
        [call?.operations.map(({ name }) => name).join(', '), call?.project, call?.parameters],
        [names, project, parameters],
      );
    });
  }

  const foreign = [
    'GET /v2/servers',
    'GET /v1.1/servers/s',
    'GET /v2/p/servers/',
    'GET /v2/p/servers/s/metadata/',
    'GET /v2/p/servers/s/metadata/a%2Fb',
    'GET /v2/p/servers/s/metadata/%2e%2e',
    'GET /v2/p/servers/...xml',
    'GET /v2/p/servers/.xml',
    'GET /v2/p/servers/..json',
    'GET /v2/p/servers/s/action',
    'POST /v2/p/servers/s',
    'GET /v2.1/detail',
    'GET /v2.1/p',
    'GET /v2.1//',
  ];
  for (const line of foreign) {
    test(`${line} is none of them`, () => assert.equal(router(...split(line)), undefined));
  }

  test('what the path spells goes on as it is spelled', () => {
    const call = router('GET', '/v2/p%71/servers/s/metadata/a%20b.xml?x=%41');
    assert.ok(call);
    assert.equal(cloudPath('servers/{server_id}/metadata/{key}', call), '/v2.1/p%71/servers/s/metadata/a%20b');
    assert.equal(call.query, '?x=%41');
  });
});

function described(name: string, method: Operation['method'], template: string): Operation {
  return { name, method, route: template, status: 200 };
}

function split(line: string): readonly [string, string] {
  const space = line.indexOf(' ');
  return [line.slice(0, space), line.slice(space + 1)];
}
