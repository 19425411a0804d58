import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../../src/compute/operation.ts';
import { listImagesDetail } from '../../../src/compute/operations/images.ts';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import {
  createServer,
  deleteServer,
  listServers,
  listServersDetail,
  showServer,
} from '../../../src/compute/operations/servers.ts';
import type { Fields } from '../../../src/schema/fields.ts';
import { jsonReader } from '../../../src/schema/read/read-json.ts';
import { call, type TestAnswer } from '../../support/http.ts';
import type { XmlSession } from '../xml-session.ts';

/** The JSON of 2012 on /v2, and both formats in one exchange. */
export function speaksJson(open: () => XmlSession): void {
  let id = '';

  test('lists, creates and shows a server in JSON', async () => {
    const session = open();
    const { images, servers } = session.cloud;
    const list = await ask(session, listServers, 'servers?limit=1');
    assert.match(JSON.stringify(list['servers_links']), /"rel":"next"/);
    const made = await ask(session, createServer, 'servers', {
      server: {
        name: 'json',
        imageRef: `http://servers.example.com/v2/images/${images.servers}`,
        flavorRef: 'http://servers.example.com/v2/flavors/1',
        metadata: { 'My Server Name': 'Apache1' },
        personality: [{ path: '/etc/motd', contents: 'aGVs\nbG8K' }],
        user_data: 'IyEvYmluL3NoCg==',
        'OS-DCF:diskConfig': 'AUTO',
        networks: [{ uuid: '3cb9bc59-5699-4588-a4b1-b87f96708bc6' }],
      },
    });
    // The description has said that it is a server.
    ({ id } = made['server'] as { id: string });
    const server = await session.until(id, 'ACTIVE');
    const shown = (await ask(session, showServer, `servers/${id}`))['server'] as Fields;
    assert.deepEqual([shown['name'], shown['metadata']], ['json', server.metadata]);
    assert.equal(shown['OS-EXT-STS:task_state'], null);
    for (const later of ['locked', 'description', 'tags', 'hostname', 'user_data'])
      assert.equal(shown[later], undefined);
    const detailed = (await ask(session, listServersDetail, 'servers/detail'))['servers'] as unknown[];
    assert.ok(detailed.length > servers.length);
    await ask(session, listImagesDetail, 'images/detail?limit=2');
  });

  test('takes a rebuild in JSON and answers it in XML by the suffix, and the other way round', async () => {
    const session = open();
    const action = `/v2/${session.cloud.projectId}/servers/${id}/action`;
    const json = JSON.stringify({
      rebuild: { imageRef: session.cloud.images.rebuild, name: 'mixed', auto_disk_config: true },
    });
    const inXml = await send(session, 'POST', `${action}.xml`, { 'Content-Type': 'application/json' }, json);
    assert.deepEqual([inXml.status, inXml.headers['content-type']], [202, 'application/xml']);
    assert.match(inXml.body, /^<\?xml [^>]*>\n<server [^>]*status="REBUILD"[^>]* name="mixed"/);
    assert.equal(inXml.headers['location'], `${session.gateway.url}/v2/${session.cloud.projectId}/servers/${id}`);
    await session.until(id, 'ACTIVE');
    const xml = `<rebuild imageRef="${session.cloud.images.rebuild2}" name="mixed too"/>`;
    const inJson = await send(
      session,
      'POST',
      action,
      { 'Content-Type': 'application/xml', Accept: 'application/json' },
      xml,
    );
    assert.deepEqual([inJson.status, inJson.headers['content-type']], [202, 'application/json']);
    const { server } = JSON.parse(inJson.body) as { server: Fields };
    assert.deepEqual([server['name'], server['status']], ['mixed too', 'REBUILD']);
    await session.until(id, 'ACTIVE');
  });

  test('rebuilds and deletes the server in JSON; after that there is none', async () => {
    const session = open();
    const { server } = await ask(session, rebuild, `servers/${id}/action`, {
      rebuild: {
        imageRef: session.cloud.images.servers,
        adminPass: 's3cr3t',
        metadata: {},
        personality: [{ path: '/etc/motd', contents: 'aGVsbG8K' }],
      },
    });
    assert.equal((server as Fields)['adminPass'], 's3cr3t');
    assert.deepEqual((await session.until(id, 'ACTIVE')).metadata, {});
    await ask(session, deleteServer, `servers/${id}`);
    await session.until(session.cloud.servers[0] ?? '', 'ACTIVE');
    const path = `/v2/${session.cloud.projectId}/servers/none`;
    const gone = await send(session, 'GET', path, { Accept: 'application/json' });
    assert.deepEqual([gone.status, gone.headers['content-type']], [404, 'application/json; charset=UTF-8']);
    assert.deepEqual(JSON.parse(gone.body), {
      itemNotFound: { message: 'Instance none could not be found.', code: 404 },
    });
  });
}

function send(
  session: XmlSession,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<TestAnswer> {
  return call(session.gateway.url, {
    method,
    path,
    headers: { 'X-Auth-Token': session.cloud.tokens.member, ...headers },
    ...(body !== undefined && { body }),
  });
}

/** Send an operation's request in JSON, and check its answer by its description. */
async function ask(session: XmlSession, operation: Operation, path: string, request?: Fields): Promise<Fields> {
  const body = request && JSON.stringify(request);
  const json = { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': 'application/json' }) };
  const answer = await send(session, operation.method, `/v2/${session.cloud.projectId}/${path}`, json, body);
  assert.equal(answer.status, operation.status, answer.body);
  assert.equal(answer.headers['gateway-translation'], undefined);
  const { answer: message } = operation;
  if (message === undefined) {
    assert.deepEqual([answer.body, answer.headers['content-type']], ['', undefined]);
    return {};
  }
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.ok(!answer.body.includes(session.cloud.endpoint), 'nothing names the cloud');
  const document = JSON.parse(answer.body) as Fields;
  const reading = { limits: new Map<string, number>(), unknown: [], passedOver: [], keepUnknown: false };
  const content = message.isBare === true ? document : document[message.root];
  jsonReader(message.content)(withoutNulls(content), message.root, reading);
  assert.deepEqual(reading.unknown, [], 'the document has nothing that its description has not');
  return document;
}

function withoutNulls(content: unknown): unknown {
  return JSON.parse(JSON.stringify(content), (_, value: unknown) => (value === null ? undefined : value));
}
