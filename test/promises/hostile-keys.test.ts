import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { startScriptedCloud, type Scripted, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { media, projectId, rebuildRequest, type Medium } from '../support/rebuild-call.ts';

const ominous = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
const types = { xml: 'application/xml', json: 'application/json' } as const;
const pairs: readonly (readonly [string, string])[] = ominous.map((key, n) => [key, ominous.at(-n - 1) ?? '']);
/** Entries as JSON text: an object literal would lose one of them. */
const inJson = `{${pairs.map(([key, value]) => `"${key}":"${value}"`).join(',')}}`;
const inXml = pairs.map(([key, value]) => `<meta key="${key}">${value}</meta>`).join('');

let cloud: ScriptedCloud;
let gateway: TestGateway;
before(async () => {
  cloud = await startScriptedCloud();
  gateway = await startTestGateway(cloud.url);
});
after(async () => {
  await gateway.stop();
  await cloud.stop();
});

async function ask(
  medium: Medium,
  path: string,
  answer: string | Scripted,
  body?: string,
  method = body === undefined ? 'GET' : 'POST',
): Promise<TestAnswer & { sent: string; url: string }> {
  cloud.script(typeof answer === 'string' ? { status: 200, body: answer } : answer);
  const request = {
    method,
    path: `/v2/${projectId}/${path}`,
    headers: { 'Content-Type': types[medium], Accept: types[medium] },
  };
  const given = await call(gateway.url, body === undefined ? request : { ...request, body });
  const last = cloud.received.at(-1);
  return { ...given, sent: last?.body.toString() ?? '', url: last?.path ?? '' };
}

const entriesOf = (value: unknown): [string, unknown][] => Object.entries(value as object);

describe('keys that mean something to JavaScript are keys like any other', () => {
  for (const medium of media) {
    // Holds fromEntries in the readers (read-xml.ts, read-json.ts): an assignment loses __proto__.
    test(`${medium}: as keys and values of metadata they reach the cloud, and come back`, async () => {
      const body = medium === 'xml' ? `<metadata>${inXml}</metadata>` : `{"metadata": ${inJson}}`;
      const { status, body: answered, sent } = await ask(medium, 'servers/i/metadata', `{"metadata": ${inJson}}`, body);
      assert.equal(status, 200, answered);
      assert.deepEqual(entriesOf((JSON.parse(sent) as { metadata: object }).metadata), pairs);
      for (const [key, value] of pairs)
        assert.ok(
          answered.includes(medium === 'xml' ? `<meta key="${key}">${value}</meta>` : `"${key}":"${value}"`),
          key,
        );
    });

    // Holds printName and the named reader: extra specs become names of elements.
    test(`${medium}: as extra specs they reach the cloud, and come back`, async () => {
      const elements = pairs.map(([key, value]) => `<${key}>${value}</${key}>`).join('');
      const body = medium === 'xml' ? `<extra_specs>${elements}</extra_specs>` : `{"extra_specs": ${inJson}}`;
      const path = 'flavors/1/os-extra_specs';
      const { status, body: answered, sent } = await ask(medium, path, `{"extra_specs": ${inJson}}`, body);
      assert.equal(status, 200, answered);
      assert.deepEqual(entriesOf((JSON.parse(sent) as { extra_specs: object }).extra_specs), pairs);
      for (const [key, value] of pairs)
        assert.ok(answered.includes(medium === 'xml' ? `<${key}>${value}</${key}>` : `"${key}":"${value}"`), key);
    });

    // Holds the dict printer and select.ts.
    test(`${medium}: as networks of a server they come to the caller`, async () => {
      const networks = ominous.map((key) => `"${key}": [{"version": 4, "addr": "10.0.0.1"}]`).join(',');
      const { status, body } = await ask(medium, 'servers/i/ips', `{"addresses": {${networks}}}`);
      assert.equal(status, 200, body);
      for (const key of ominous)
        assert.ok(body.includes(medium === 'xml' ? `id="${key}"` : `"${key}":[`), `${key} ${body}`);
    });

    // Holds plan.ts (hasOwn on the table) and the notes: what no description names is dropped by its own name.
    test(`${medium}: as members of a request they are dropped with a note, each by its name`, async () => {
      const body =
        medium === 'xml'
          ? `<rebuild imageRef="70a599e0-31e7-49b7-b260-868f441e862b" ${ominous.map((key) => `${key}="x"`).join(' ')}/>`
          : `{"rebuild": {"imageRef": "70a599e0-31e7-49b7-b260-868f441e862b", ${ominous.map((key) => `"${key}": {"polluted": 1}`).join(',')}}}`;
      cloud.script({ status: 202, body: '{"server": {"id": "i"}}' });
      const { status, headers } = await call(gateway.url, rebuildRequest(medium, body));
      assert.equal(status, 202);
      for (const key of ominous) assert.ok(headers['gateway-translation']?.includes(key), key);
      assert.deepEqual(Object.keys(JSON.parse(cloud.received.at(-1)?.body.toString() ?? '{}') as object), ['rebuild']);
      assert.equal((Object.prototype as Record<string, unknown>)['polluted'], undefined);
    });

    // Holds that a member is looked up among an object's own.
    test(`${medium}: as roots and actions they are none that is known`, async () => {
      for (const key of ominous) {
        const action = medium === 'xml' ? `<${key}/>` : `{"${key}": {}}`;
        const { status } = await ask(medium, 'servers/i/action', { status: 404, body: '{}' }, action);
        assert.ok([400, 404].includes(status), `${key} ${status}`);
      }
    });
  }

  test('on v2.1 members that no description names reach the cloud as they came, these too', async () => {
    cloud.script({ status: 202, body: '{"server": {"id": "i"}}' });
    const body = `{"rebuild": {"imageRef": "70a599e0-31e7-49b7-b260-868f441e862b", "__proto__": {"a": 1}, "x": ${inJson}}}`;
    const request = rebuildRequest('json', body);
    const { status } = await call(gateway.url, {
      ...request,
      path: request.path.replace('v1.1', 'v2.1'),
      headers: { ...request.headers, Accept: 'application/xml' },
    });
    assert.equal(status, 202);
    assert.match(cloud.received.at(-1)?.body.toString() ?? '', /"__proto__":\{"a":1\},"x":\{"__proto__":"/);
  });

  test('in a query and a path they pass as they are', async () => {
    const query = ominous.map((key) => `${key}=${key}`).join('&');
    const { url } = await ask('json', `servers/detail?${query}&__proto__[a]=1`, '{"servers": []}');
    assert.equal(url, `/v2.1/${projectId}/servers/detail?${query}&__proto__[a]=1`);
    for (const key of ominous) {
      const { url: shown } = await ask('json', `servers/${key}`, `{"server": {"id": "${key}"}}`);
      assert.equal(shown, `/v2.1/${projectId}/servers/${key}`);
    }
  });
});

describe('numbers keep their digits where the API has them', () => {
  const digits = [
    '9007199254740993',
    '18446744073709551616',
    '1.0',
    '0.10000000000000000001',
    '1e400',
    '-0',
    '9'.repeat(400),
  ];
  // Holds exact-json.ts, on the way to the cloud and back, through reviving, selecting and writing.
  for (const number of digits) {
    test(`${number.slice(0, 30)} in an answer is the same in JSON and in XML`, async () => {
      const answer = `{"usage": ${number}, "cpu0_time": ${number}}`;
      for (const medium of media) {
        const { status, body } = await ask(medium, 'servers/i/diagnostics', answer);
        assert.equal(status, 200, body);
        assert.ok(body.includes(medium === 'xml' ? `<cpu0_time>${number}</cpu0_time>` : `"cpu0_time":${number}`), body);
      }
    });
  }

  test('a quota beyond double precision reaches the cloud with its digits, from XML and JSON', async () => {
    const answer = '{"quota_set": {"id": "p", "ram": 9007199254740993}}';
    const bodies = {
      xml: '<quota_set><ram>9007199254740993</ram></quota_set>',
      json: '{"quota_set": {"ram": 9007199254740993}}',
    };
    for (const medium of media) {
      const { sent, status, body } = await ask(medium, 'os-quota-sets/p', answer, bodies[medium], 'PUT');
      assert.equal(status, 200, body);
      assert.match(sent, /"ram":9007199254740993[},]/);
      assert.match(body, /9007199254740993/);
    }
  });

  test('of a member that comes twice in JSON the last one counts, as everywhere in JSON', async () => {
    const { sent } = await ask('json', 'servers/i/metadata', '{"metadata": {}}', '{"metadata": {"a": "1", "a": "2"}}');
    assert.deepEqual(JSON.parse(sent), { metadata: { a: '2' } });
  });

  test('lone surrogates in escapes reach the cloud as they came, and XML has U+FFFD for them and says so', async () => {
    const document = '{"metadata": {"a": "x\\ud800y"}}';
    const { sent } = await ask('json', 'servers/i/metadata', document, document);
    assert.deepEqual(JSON.parse(sent), JSON.parse(document));
    const { body, headers } = await ask('xml', 'servers/i/metadata', document);
    assert.match(body, /x\uFFFDy/);
    assert.match(headers['gateway-translation'] ?? '', /replaced/);
  });

  test('NUL and lone surrogates in keys and values of JSON reach the cloud and come back as they were', async () => {
    const document = '{"metadata": {"k\\ud800": "\\udc00\\u0000", "\\u0000": "x"}}';
    const { status, sent, body } = await ask('json', 'servers/i/metadata', document, document);
    assert.equal(status, 200, body);
    assert.deepEqual(JSON.parse(sent), JSON.parse(document));
    assert.deepEqual(JSON.parse(body), JSON.parse(document));
    const shown = await ask('xml', 'servers/i/metadata', document);
    assert.match(shown.body, /<meta key="k\uFFFD">\uFFFD\uFFFD<\/meta><meta key="\uFFFD">x<\/meta>/);
  });
});
