import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { startScriptedCloud, type Scripted } from '../support/scripted-cloud.ts';
import {
  faultOf,
  imageId,
  media,
  projectId,
  rebuildRequest,
  serverDocument,
  serverId,
} from '../support/rebuild-call.ts';

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const tooLarge = 'The body of your request was too large for this server.';

/** Play a request against a cloud that rebuilds, and give the answer and how often the cloud was asked. */
async function play(
  request: Parameters<typeof call>[1],
  settings: Readonly<Record<string, string>> = {},
  answer: Scripted = { status: 202, body: serverDocument },
): Promise<{ answer: Awaited<ReturnType<typeof call>>; asked: number; internal: number }> {
  const cloud = await startScriptedCloud(answer);
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    const given = await call(gateway.url, request);
    const internal = gateway.log.filter(({ event }) => event === 'internal error').length;
    return { answer: given, asked: cloud.received.length, internal };
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

describe('a body over the limit is refused with 413 overLimit and never reaches the cloud', () => {
  const bodies = {
    xml: (size: number) => `<rebuild imageRef="${imageId}">${' '.repeat(size - 64)}</rebuild>`,
    json: (size: number) => `{"rebuild": {"imageRef": "${imageId}"${' '.repeat(size - 64)}}}`,
  } as const;
  for (const medium of media) {
    for (const size of [114_800, 1_000_000]) {
      test(`${size} bytes of ${medium} are refused`, async () => {
        const { answer, asked } = await play(rebuildRequest(medium, bodies[medium](size)));
        assert.deepEqual(faultOf(answer, medium), { status: 413, title: 'overLimit', message: tooLarge });
        assert.equal(asked, 0);
      });
    }

    test(`chunks of ${medium} over a limit of the operator's are refused`, async () => {
      const request = rebuildRequest(medium, bodies[medium](5000));
      const headers = { ...request.headers, 'Transfer-Encoding': 'chunked' };
      const { answer, asked } = await play({ ...request, headers }, { GATEWAY_REQUEST_MAX_BYTES: '4000' });
      assert.equal(faultOf(answer, medium).title, 'overLimit');
      assert.equal(asked, 0);
    });

    test(`${medium} of exactly the limit passes, one byte more does not`, async () => {
      const body = bodies[medium](4000);
      const exact = { GATEWAY_REQUEST_MAX_BYTES: String(body.length) };
      assert.equal((await play(rebuildRequest(medium, body), exact)).answer.status, 202);
      const { answer } = await play(rebuildRequest(medium, body), {
        GATEWAY_REQUEST_MAX_BYTES: String(body.length - 1),
      });
      assert.equal(faultOf(answer, medium).status, 413);
    });
  }
});

describe('what callers and clouds can make large or deep is no internal error', () => {
  test('a JSON member that nobody knows, nested 50 000 deep, on v2.1', async () => {
    const path = `/v2.1/${projectId}/servers/${serverId}/action`;
    const body = `{"rebuild": {"imageRef": "${imageId}", "x": ${deep(50_000)}}}`;
    const { answer, internal } = await play({ ...rebuildRequest('json', body), path });
    assert.ok(answer.status < 500, `${answer.status} ${answer.body.slice(0, 200)}`);
    assert.equal(internal, 0);
  });

  test('a JSON member that nobody knows, nested 50 000 deep, on v2', async () => {
    const body = `{"rebuild": {"imageRef": "${imageId}", "x": ${deep(50_000)}}}`;
    const { answer, internal } = await play(rebuildRequest('json', body));
    assert.ok(answer.status < 500, `${answer.status} ${answer.body.slice(0, 200)}`);
    assert.equal(internal, 0);
  });

  for (const medium of media) {
    test(`to ${medium}: a server of the cloud's, nested 50 000 deep`, async () => {
      const body = `{"server": {"id": "${serverId}", "x": ${deep(50_000)}}}`;
      const { answer, internal } = await play(rebuildRequest(medium), {}, { status: 202, body });
      assert.ok([202, 502].includes(answer.status), `${answer.status} ${answer.body.slice(0, 200)}`);
      assert.equal(internal, 0);
    });
  }

  for (const [what, member] of Object.entries({ long: 'm'.repeat(30_000), 'long and no ASCII': 'é'.repeat(15_000) })) {
    test(`the name of a dropped member that is ${what} leaves headers that a client can read`, async () => {
      const { answer } = await play(
        rebuildRequest('json', JSON.stringify({ rebuild: { imageRef: imageId, [member]: 1 } })),
      );
      assert.equal(answer.status, 202);
      const size = Object.entries(answer.headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
      assert.ok(size < 8000, `${size} characters of headers`);
    });
  }

  test('a thousand dropped members leave headers that a client can read', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`member-${n}`, n]));
    const { answer } = await play(
      rebuildRequest('json', JSON.stringify({ rebuild: { imageRef: imageId, ...unknown } })),
    );
    assert.equal(answer.status, 202);
    assert.match(answer.headers['gateway-translation'] ?? '', /, more;count=980$/);
  });
});

describe('odd values in the answer of a cloud do not lose it', () => {
  const shapes: Readonly<Record<string, unknown>> = {
    'metadata that is a list': { id: serverId, metadata: [] },
    'a status that is an object': { id: serverId, status: {} },
    'links that are no list': { id: serverId, links: 'x' },
    'a link that is null': { id: serverId, links: [null] },
    'addresses that are a list': { id: serverId, addresses: ['a'] },
    'an image that is a number': { id: serverId, image: 7 },
    'a self link with a line break': { id: serverId, links: [{ rel: 'self', href: 'https://c/v2.1/p\r\nX-Evil: 1' }] },
    'a self link that is no ASCII': { id: serverId, links: [{ rel: 'self', href: 'https://c/v2.1/p/\u20ac' }] },
    'a self link that is no URL': { id: serverId, links: [{ rel: 'self', href: 'javascript:alert(1)' }] },
  };
  for (const medium of media) {
    for (const [what, server] of Object.entries(shapes)) {
      test(`to ${medium}: ${what} is answered, or is 502, and no internal error`, async () => {
        const { answer, asked, internal } = await play(
          rebuildRequest(medium),
          {},
          { status: 202, body: JSON.stringify({ server }) },
        );
        assert.equal(asked, 1);
        assert.equal(answer.headers['x-evil'], undefined);
        assert.equal(internal, 0, answer.body);
        assert.ok([202, 502].includes(answer.status), `${answer.status} ${answer.body}`);
        if (answer.status === 502) assert.match(faultOf(answer, medium).message, /It may have acted on the request\.$/);
      });
    }

    test(`to ${medium}: a header of the cloud that is no ASCII is passed on as it came`, async () => {
      const { answer } = await play(
        rebuildRequest(medium),
        {},
        {
          status: 202,
          headers: { 'X-Note': Buffer.from('é – ü').toString('latin1') },
          body: serverDocument,
        },
      );
      assert.equal(answer.status, 202);
      assert.equal(Buffer.from(answer.headers['x-note'] ?? '', 'latin1').toString(), 'é – ü');
    });
  }
});
