// Holds callers-request.ts, generic-answer.ts and whole-answer.ts: no caller of XML gets JSON, 415 or a page.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { startLiveCloud } from '../support/forwarding.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { faultOf } from '../support/rebuild-call.ts';
import { asked, forwarded, path } from './forwarded.ts';

const json = (body: unknown, status = 200): { status: number; headers: Record<string, string>; body: string } => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

describe('a request without a body has no Content-Type at the cloud', () => {
  const withType = { 'Content-Type': 'application/xml', Accept: 'application/xml' };
  const requests = {
    GET: { method: 'GET', headers: withType },
    'GET with a length of 0': { method: 'GET', headers: { ...withType, 'Content-Length': '0' } },
    DELETE: { method: 'DELETE', headers: withType },
    'DELETE with a length of 0': { method: 'DELETE', headers: { ...withType, 'Content-Length': '0' } },
    'POST with a length of 0': { method: 'POST', headers: { ...withType, 'Content-Length': '0' } },
    'POST in chunks': { method: 'POST', headers: { ...withType, 'Transfer-Encoding': 'chunked' } },
    'DELETE in chunks': { method: 'DELETE', headers: { ...withType, 'Transfer-Encoding': 'chunked' } },
    'GET of JSON': { method: 'GET', headers: { 'Content-Type': 'application/json' } },
  };
  for (const [name, request] of Object.entries(requests)) {
    test(name, async () => {
      const { answer, received } = await forwarded({ path, ...request }, { status: 204 });
      assert.equal(answer.status, 204);
      assert.equal(received.length, 1);
      assert.equal(received[0]?.headers['content-type'], undefined);
      assert.equal(received[0]?.body.length, 0);
    });
  }
});

describe('a body in XML that nothing describes is 501 before anything is sent', () => {
  const requests = {
    'on v2': { path },
    'on v2.1': { path: '/v2.1/p/os-gadgets' },
    'on v2.1 without a project': { path: '/v2.1/os-gadgets' },
    'without a version': { path: '/p/os-gadgets' },
    'in chunks': { path, headers: { 'Transfer-Encoding': 'chunked' } },
    'by PUT': { path, method: 'PUT' },
    'by DELETE': { path, method: 'DELETE', headers: { 'Content-Length': '9' } },
    'of the type of text': { path, headers: { 'Content-Type': 'text/xml; charset=utf-8' } },
    'of the type of the API': { path, headers: { 'Content-Type': 'application/vnd.openstack.compute+xml' } },
    'of a type that the API did not have': { path, headers: { 'Content-Type': 'application/atom+xml' } },
  };
  for (const [name, { path: to, ...more }] of Object.entries(requests)) {
    test(name, async () => {
      const headers = {
        'Content-Type': 'application/xml',
        Accept: 'application/xml',
        ...('headers' in more && more.headers),
      };
      const request = { method: 'POST', ...more, path: to, headers, body: '<gadget/>' };
      const { answer, received } = await forwarded(request);
      assert.equal(answer.status, 501);
      const { title, message } = faultOf(answer, 'xml');
      assert.equal(title, 'notImplemented');
      assert.ok(message.includes(`${request.method} ${to}`), message);
      assert.equal(received.length, 0);
    });
  }
});

test('another service has forms of its own: what is sent to it and what it answers stay as they are', async () => {
  const headers = { 'Content-Type': 'application/xml', Accept: 'application/xml' };
  const request = { method: 'POST', path: '/v1/images.xml', headers, body: '<auth/>' };
  const { answer, received } = await forwarded(request, json({ access: {} }));
  assert.equal(answer.body, '{"access":{}}');
  const [first] = received;
  assert.deepEqual([first?.path, first?.body.toString()], [request.path, request.body]);
  assert.deepEqual([first?.headers['content-type'], first?.headers.accept], [headers['Content-Type'], headers.Accept]);
});

test('a described path with an end that legacy Nova did not have is 404 for XML', async () => {
  for (const end of ['/', '//', '.atom', '.XML', '.txt?a=b']) {
    const headers = { 'Content-Type': 'application/xml' };
    const request = { method: 'POST', path: `/v2/p/servers/s/action${end}`, headers, body: '<reboot type="SOFT"/>' };
    const { answer, received } = await forwarded(request);
    assert.equal(faultOf(answer, 'xml').title, 'itemNotFound', end);
    assert.equal(answer.status, 404);
    assert.equal(received.length, 0);
  }
});

describe('an answer that nothing describes has the generic form', () => {
  const documents: Readonly<Record<string, readonly [unknown, string]>> = {
    'a list of objects': [
      { networks: [{ id: 'a', vlan: null, injected: false, bridges: ['x'] }, {}] },
      '<networks><network><id>a</id><vlan>None</vlan><injected>False</injected><bridges><bridge>x</bridge></bridges></network><network/></networks>',
    ],
    'a list whose name does not end in s': [
      { data: [1, 2.5, true] },
      '<data><item>1</item><item>2.5</item><item>True</item></data>',
    ],
    'an empty list': [{ hosts: [] }, '<hosts/>'],
    'an empty text': [{ gadget: { a: '', b: {} } }, '<gadget><a></a><b/></gadget>'],
    'markup and quotes': [{ gadget: { a: '<&>"\'' } }, "<gadget><a>&lt;&amp;&gt;&quot;'</a></gadget>"],
    'a deleted mark': [{ network: { deleted: 0 } }, '<network><deleted>False</deleted></network>'],
    'a deleted mark that is set': [{ network: { deleted: 3 } }, '<network><deleted>True</deleted></network>'],
    'a null root': [{ gadget: null }, '<gadget>None</gadget>'],
    'an array': [['a', { b: 1 }], '<result><item>a</item><item><b>1</b></item></result>'],
    'a scalar': ['a', '<result>a</result>'],
    null: [null, '<result>None</result>'],
    'an empty object': [{}, '<result/>'],
    'a prefix': [{ gadget: { 'OS-X:y': 1 } }, '<gadget><OS-X:y xmlns:OS-X="OS-X">1</OS-X:y></gadget>'],
  };
  for (const [name, [sent, expected]] of Object.entries(documents)) {
    test(name, async () => {
      const { answer } = await forwarded(asked('xml'), json(sent));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'application/xml');
      assert.equal(answer.body, expected);
      assert.match(String(answer.headers['gateway-translation']), /^\w+;generic$/);
      assert.match(String(answer.headers['warning']), /generic form of XML/);
    });
  }

  test('numbers keep their digits', async () => {
    const answer = { ...json(undefined), body: '{"gadget": {"a": 12345678901234567890, "b": 1.0}}' };
    const { answer: got } = await forwarded(asked('xml'), answer);
    assert.equal(got.body, '<gadget><a>12345678901234567890</a><b>1.0</b></gadget>');
  });

  test('keys that are no names are repaired, with a note', async () => {
    const { answer } = await forwarded(asked('xml'), json({ gadget: { '1 a': 'x\u0001' } }));
    assert.equal(answer.body, '<gadget><_1_a>x\uFFFD</_1_a></gadget>');
    assert.equal(answer.headers['gateway-translation'], 'gadget;generic, gadget;replaced');
  });

  test('members beside the root are noted, and links to the next page are never the root', async () => {
    const { answer } = await forwarded(asked('xml'), json({ gadgets_links: [], gadgets: [], total: 3 }));
    assert.equal(answer.body, '<gadgets/>');
    assert.equal(answer.headers['gateway-translation'], 'gadgets;generic, gadgets_links;dropped, total;dropped');
  });

  test('links point at the gateway', async () => {
    const links = [{ rel: 'self', href: 'http://cloud.example/v2/p/os-gadgets/1' }];
    const request = asked('xml', { path: '/v1.1/p/os-gadgets', headers: { Host: 'legacy.example:8774' } });
    const { answer } = await forwarded(request, json({ gadget: { links } }, 202));
    assert.equal(answer.status, 202);
    assert.ok(answer.body.includes('<href>http://legacy.example:8774/v1.1/p/os-gadgets/1</href>'), answer.body);
  });

  test('a list is written in slices as it is at once', async () => {
    const gadgets = Array.from({ length: 1005 }, (_, id) => ({ id, tags: ['a'] }));
    const settings = { GATEWAY_EXCHANGES_LONG_ANSWER_BYTES: '1024' };
    const sent = json({ gadgets, total: 1005 });
    const long = await forwarded(asked('xml'), sent, settings);
    const short = await forwarded(asked('xml'), sent, { GATEWAY_EXCHANGES_LONG_ANSWER_BYTES: '1000000' });
    assert.equal(long.answer.body, short.answer.body);
    assert.ok(long.answer.body.startsWith('<gadgets><gadget><id>0</id><tags><tag>a</tag></tags></gadget><gadget>'));
    assert.equal(long.answer.headers['gateway-translation'], 'gadgets;generic, total;dropped');
  });

  for (const [coding, compress] of Object.entries({ gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync })) {
    test(`compressed by ${coding} though nobody asked`, async () => {
      const cloud = await startLiveCloud((_, response) => {
        response.writeHead(200, { 'Content-Encoding': coding, 'Content-Type': 'application/json' });
        response.end(compress('{"gadget": 1}'));
      });
      const gateway = await startTestGateway(cloud.url);
      try {
        const answer = await call(gateway.url, asked('xml', { headers: { 'Accept-Encoding': 'gzip' } }));
        assert.equal(answer.body, '<gadget>1</gadget>');
        assert.equal(answer.headers['content-encoding'], undefined);
        assert.equal(cloud.received[0]?.headers['accept-encoding'], 'identity');
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }
});

describe('an answer without a JSON document', () => {
  const pages: Readonly<Record<string, readonly [number, string, number]>> = {
    'a page with 200': [200, '<html><body>Sign in</body></html>', 502],
    'a text with 202': [202, 'accepted', 502],
    'broken JSON with 200': [200, '{"gadget": ', 502],
    'nothing with 200': [200, '', 200],
    'nothing with 202': [202, '', 202],
    'a page with 302': [302, '<html>moved</html>', 302],
    'a page with 300': [300, '<html>several</html>', 300],
  };
  for (const [name, [status, body, expected]] of Object.entries(pages)) {
    test(`${name} is ${expected}`, async () => {
      const headers = { 'Content-Type': 'text/html', Location: 'http://elsewhere.example/x' };
      const { answer } = await forwarded(asked('xml'), { status, headers, body });
      assert.equal(answer.status, expected);
      assert.doesNotMatch(answer.body, /html/);
      if (expected === 502)
        assert.match(faultOf(answer, 'xml').message, /^The cloud answered \d+ without a JSON document\.$/);
      else assert.equal(answer.body, '');
      if (expected === 302) assert.equal(answer.headers['location'], headers.Location);
    });
  }

  test('a 300 with other choices has the generic form', async () => {
    const { answer } = await forwarded(asked('xml'), json({ options: ['a'] }, 300));
    assert.equal(answer.status, 300);
    assert.equal(answer.body, '<options><option>a</option></options>');
  });

  test('204 has no body and no type', async () => {
    const { answer } = await forwarded(asked('xml'), { status: 204 });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers['content-type'], undefined);
  });

  test('XML of the cloud stays as it is', async () => {
    const { answer } = await forwarded(asked('xml'), {
      status: 200,
      headers: { 'Content-Type': 'application/atom+xml' },
      body: '<feed/>',
    });
    assert.equal(answer.body, '<feed/>');
    assert.equal(answer.headers['gateway-translation'], undefined);
  });

  test('an answer to HEAD has the type of XML, and not the length of the JSON', async () => {
    const head = { 'Content-Type': 'application/json', 'Content-Length': '70', ETag: '"x"' };
    const { answer } = await forwarded(asked('xml', { method: 'HEAD' }), { status: 200, headers: head });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/xml');
    assert.equal(answer.headers['content-length'], undefined);
    assert.equal(answer.headers['etag'], undefined);
  });

  test('an answer over the limit is 502, and so is one that is over it decoded', async () => {
    const settings = { GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: '2048' };
    const long = json({ gadget: 'x'.repeat(3000) });
    const plain = await forwarded(asked('xml'), long, settings);
    assert.equal(plain.answer.status, 502);
    assert.match(faultOf(plain.answer, 'xml').message, /too large/);
    const cloud = await startLiveCloud((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(long.body));
    });
    const gateway = await startTestGateway(cloud.url, settings);
    try {
      const answer = await call(gateway.url, asked('xml'));
      assert.equal(answer.status, 502);
      assert.match(faultOf(answer, 'xml').message, /too large/);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});

test('a modern caller of JSON on v2.1 keeps a name that ends in .xml', async () => {
  const headers = { Accept: 'application/json' };
  const { received } = await forwarded({ method: 'GET', path: '/v2.1/p/os-gadgets/x.xml', headers });
  assert.equal(received[0]?.path, '/v2.1/p/os-gadgets/x.xml');
});

describe('a path without a version has that of the media type, as in legacy Nova', () => {
  const requests: readonly (readonly [Record<string, string>, string, string])[] = [
    [{ Accept: 'application/json;version=2' }, '/p/os-gadgets', '/v2/p/os-gadgets'],
    [{ Accept: 'application/vnd.openstack.compute+xml; version=1.1' }, '/p/os-gadgets?a', '/v2/p/os-gadgets?a'],
    [{ 'Content-Type': 'application/xml;version=2', Accept: 'application/xml' }, '/p/servers', '/v2.1/p/servers'],
    [{ 'Content-Type': 'application/json;version=2.1', Accept: 'a/b;version=2' }, '/os-gadgets', '/v2.1/os-gadgets'],
    [{ Accept: 'text/html;version=2, application/xml;version=1.1;q=0.5' }, '/p/servers', '/v2.1/p/servers'],
    [{ Accept: 'application/json;version=9' }, '/p/os-gadgets', '/p/os-gadgets'],
    [{ Accept: 'application/json' }, '/p/os-gadgets', '/p/os-gadgets'],
    [{ Accept: 'application/json;version=2' }, '/v2.1/p/os-gadgets', '/v2.1/p/os-gadgets'],
  ];
  for (const [headers, sent, expected] of requests) {
    test(`${sent} with ${JSON.stringify(headers)} is ${expected}`, async () => {
      const { received } = await forwarded({ method: 'GET', path: sent, headers });
      assert.equal(received[0]?.path, expected);
    });
  }

  test('links have it, too', async () => {
    const cloud = await startScriptedCloud(
      json({ servers: [{ id: 'a', links: [{ rel: 'self', href: 'http://c/v2.1/p/servers/a' }] }] }),
    );
    const gateway = await startTestGateway(cloud.url);
    try {
      const headers = { Accept: 'application/vnd.openstack.compute+xml;version=1.1' };
      const answer = await call(gateway.url, { method: 'GET', path: '/p/servers', headers });
      assert.ok(answer.body.includes(`href="${gateway.url}/v1.1/p/servers/a"`), answer.body);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});
