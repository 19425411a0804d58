import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { startScriptedCloud, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { faultOf, imageId, media, projectId, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { inTime } from '../support/in-time.ts';
import { hostileJson, hostileXml, type Verdict } from './hostile-bodies.ts';

/** No answer to a hostile request may be larger: it quotes little of it. */
const longestAnswer = 8192;

let cloud: ScriptedCloud;
let gateway: TestGateway;
before(async () => {
  cloud = await startScriptedCloud({ status: 202, body: serverDocument });
  gateway = await startTestGateway(cloud.url);
});
after(async () => {
  await gateway.stop();
  await cloud.stop();
});

/** Send a request, and assert what holds for every answer: it is not large, and the gateway has no internal error. */
async function ask(request: Parameters<typeof call>[1]): Promise<TestAnswer> {
  const answer = await call(gateway.url, request);
  const size = answer.body.length + JSON.stringify(answer.headers).length;
  assert.ok(size < longestAnswer, `${size} characters of an answer`);
  assert.deepEqual(
    gateway.log.filter(({ event }) => event === 'internal error'),
    [],
  );
  return answer;
}

function judge(answer: TestAnswer, medium: (typeof media)[number], verdict: Verdict): void {
  assert.ok(answer.status < 500, answer.body);
  if (verdict !== 'either') assert.equal(answer.status < 300, verdict === 'taken', `${answer.status} ${answer.body}`);
  // Quotas came from outside of the API's own faults, and have no charset.
  if (answer.status >= 400 && answer.headers['retry-after'] === undefined) faultOf(answer, medium);
  assert.ok(!answer.body.includes('root:'), 'a file was read');
}

describe('a hostile document of a caller is refused as its mistake, or taken as any other, in bounded time', () => {
  const documents = { xml: hostileXml, json: hostileJson } as const;
  for (const medium of media) {
    for (const [what, [body, verdict]] of Object.entries(documents[medium])) {
      // Holds parse.ts (depth, instructions, walk), encoding.ts, nesting.ts, exact-json.ts, the limit of bodies.
      test(`${medium}: ${what}`, async () => {
        const asked = cloud.received.length;
        const answer = await ask(rebuildRequest(medium, body));
        judge(answer, medium, verdict);
        const sent = cloud.received.slice(asked);
        assert.equal(sent.length, answer.status < 300 ? 1 : 0, 'a refused request reaches no cloud');
        // The cloud must receive JSON in valid UTF-8.
        for (const { body: given } of sent) JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(given));
      });
    }

    // Holds the same on v2.1, where JSON keeps the members that no description names.
    test(`${medium}: each of them on v2.1, too`, async () => {
      for (const [body] of Object.values(documents[medium])) {
        const request = rebuildRequest(medium, body);
        const answer = await ask({
          ...request,
          path: request.path.replace('v1.1', 'v2.1'),
          headers: { ...request.headers, Accept: medium === 'xml' ? 'application/json' : 'application/xml' },
        });
        assert.ok(answer.status < 500, answer.body);
      }
    });
  }

  // Holds read-body.ts: the limit is of bytes as they come, whatever they are.
  test('a million tiny elements are over the limit for bodies', async () => {
    const answer = await ask(rebuildRequest('xml', `<rebuild>${'<a/>'.repeat(1_000_000)}</rebuild>`));
    assert.equal(answer.status, 413);
  });

  // Holds countParts of parsed-size.ts: a mebibyte may be one text, but not a quarter of a million elements.
  test('a body of too many elements or members is over a limit of its own', async () => {
    const settings = { GATEWAY_REQUEST_MAX_BYTES: '1048576', GATEWAY_REQUEST_MAX_PARTS: '20' };
    const narrow = await startTestGateway(cloud.url, settings);
    try {
      const asked = cloud.received.length;
      for (const [medium, body] of [
        ['xml', `<rebuild imageRef="${imageId}">${'<a/>'.repeat(20)}</rebuild>`],
        ['xml', `<rebuild imageRef="${imageId}"${' a=""'.repeat(20)}/>`],
        ['json', `{"rebuild":{"imageRef":"${imageId}","x":[${'0,'.repeat(20)}0]}}`],
      ] as const) {
        const answer = await call(narrow.url, rebuildRequest(medium, body));
        assert.equal(faultOf(answer, medium).status, 413);
      }
      assert.equal(cloud.received.length, asked);
      const text = `<rebuild imageRef="${imageId}"><metadata><meta key="k">${'x'.repeat(200)}</meta></metadata></rebuild>`;
      assert.equal((await call(narrow.url, rebuildRequest('xml', text))).status, 202);
    } finally {
      await narrow.stop();
    }
  });
});

const server = (json: string): string => `{"server": {"id": "i", ${json}}}`;

describe('a hostile answer of a cloud is answered or is 502, in bounded time', () => {
  const answers: Readonly<Record<string, readonly [string | Buffer, readonly number[]]>> = {
    'arrays that nest 100,000 deep': [server(`"x": ${'['.repeat(100_000)}${']'.repeat(100_000)}`), [200]],
    'objects that nest 100,000 deep': [server(`"x": ${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), [200]],
    'metadata that nests': [server(`"metadata": {"a": ${'['.repeat(70)}${']'.repeat(70)}}`), [200]],
    'inexact numbers that nest 100,000 deep': [server(`"x": ${'['.repeat(100_000)}1.0${']'.repeat(100_000)}`), [502]],
    'a hundred thousand members': [server(Array.from({ length: 100_000 }, (_, n) => `"a${n}":0`).join(',')), [200]],
    'a million items': [server(`"x": [${'0,'.repeat(999_999)}0]`), [200]],
    'a million escapes': [server(`"x": "${'\\u0041'.repeat(1_000_000)}"`), [200]],
    'a million digits': [server(`"progress": ${'9'.repeat(1_000_000)}`), [200]],
    'a number that is too large': [server('"progress": 1e400'), [200]],
    'prototype keys': [server('"__proto__": {"status": "x"}, "constructor": 1, "toString": 2'), [200]],
    'a prototype key for a document': ['{"__proto__": {"server": {"id": "i"}}}', [502]],
    'lone surrogates': [server('"name": "\\ud800x\\udc00"'), [200]],
    'NUL and control characters': [server('"name": "\\u0000\\u0001\\u001f"'), [200]],
    'raw control characters': [server('"name": "a\0b"'), [502]],
    'bytes that are no UTF-8': [Buffer.from(server('"name": "\xff\xfe"'), 'latin1'), [200, 502]],
    'UTF-16': [Buffer.from(server('"name": "n"'), 'utf16le'), [502]],
    'a mark': [`\uFEFF${server('"name": "n"')}`, [200, 502]],
    'a doubled key': [server('"name": "first", "name": "last"'), [200]],
    markup: [server('"name": "</server><!DOCTYPE x [<!ENTITY e \\"]]>&e;"'), [200]],
    'an XML bomb': ['<!DOCTYPE x [<!ENTITY a "aaa">]><server>&a;</server>', [502]],
    'an array': ['[]', [502]],
    null: ['null', [502]],
    'a text': ['"x"', [502]],
    nothing: ['', [502]],
  };
  for (const medium of media) {
    for (const [what, [body, statuses]] of Object.entries(answers)) {
      // Holds `resourceOf` of resource.ts, `isTooDeep` in document.ts, exact-json.ts, escape.ts.
      test(`to ${medium}: ${what}`, async () => {
        cloud.script({ status: 200, headers: { 'Content-Type': 'application/json' }, body });
        const accept = { xml: 'application/xml', json: 'application/json' }[medium];
        const asking = call(gateway.url, {
          method: 'GET',
          path: `/v2/${projectId}/servers/i`,
          headers: { Accept: accept },
        });
        const answer = await inTime(asking);
        cloud.script({ status: 202, body: serverDocument });
        assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.body.slice(0, 300)}`);
        assert.ok(answer.body.length < 2 * Buffer.byteLength(body) + longestAnswer);
        assert.deepEqual(
          gateway.log.filter(({ event }) => event === 'internal error'),
          [],
        );
        if (answer.status === 502) faultOf(answer, medium);
      });
    }
  }

  const faults: Readonly<Record<string, string>> = {
    'a page of DOCTYPEs without an end': JSON.stringify({ title: 'x', message: '<!doctype'.repeat(400_000) }),
    'a page of declarations without an end': JSON.stringify({ title: 'x', message: '<?xml'.repeat(400_000) }),
    'a page of tags': JSON.stringify({ title: 'x', message: '<b>x</b>'.repeat(100_000) }),
    'a page that nests': JSON.stringify({ title: 'x', message: '<b>'.repeat(400_000) }),
    'a page of entities': JSON.stringify({ title: 'x', message: `<b>${'&amp;'.repeat(400_000)}` }),
    'a page with an entity bomb': `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><p>${'&b;'.repeat(1000)}</p>`,
    'a message of megabytes': JSON.stringify({ badRequest: { message: 'm'.repeat(5_000_000) } }),
    'a fault that nests': '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000),
  };
  for (const [what, body] of Object.entries(faults)) {
    // Holds page-text.ts and redact-message.ts: a fault's words are looked for in time that grows with its length.
    test(`a fault that is ${what} is a fault of bounded length, in bounded time`, async () => {
      cloud.script({ status: 400, headers: { 'Content-Type': 'application/json' }, body });
      const answer = await call(gateway.url, rebuildRequest('xml'));
      cloud.script({ status: 202, body: serverDocument });
      assert.equal(faultOf(answer, 'xml').status, 400);
      assert.ok(answer.body.length < 30_000, `${answer.body.length} characters`);
    });
  }
});
