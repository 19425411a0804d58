import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { startTestGateway, type LogLine, type TestGateway } from '../../support/gateway.ts';
import { call, type TestRequest } from '../../support/http.ts';
import { inTime } from '../../support/in-time.ts';
import { answering, httpAnswer, refusingUrl, startRawCloud, type Step } from '../../support/raw-cloud.ts';
import { imageId, projectId, rebuildRequest, serverDocument, serverId } from '../../support/rebuild-call.ts';

/** A request of each road and sender: undici sends the first two, node's client the third. */
const roads: Readonly<Record<string, TestRequest>> = {
  translated: rebuildRequest('xml'),
  'forwarded whole': { method: 'GET', path: '/v2.1/os-gadgets' },
  'forwarded streamed': { method: 'GET', path: '/v2.1/os-gadgets', headers: { 'Content-Length': '0' } },
};

/** The line of one request to a gateway in front of a cloud that follows a script. */
async function lineOf(
  request: TestRequest,
  script: readonly Step[],
  settings: Readonly<Record<string, string>> = {},
): Promise<LogLine> {
  const cloud = await startRawCloud(script);
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    await call(gateway.url, request).catch(() => undefined);
    return await lastLine(gateway);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

async function lastLine(gateway: TestGateway): Promise<LogLine> {
  await gateway.logged('exchange', 1);
  const line = gateway.log.findLast(({ event }) => event === 'exchange');
  assert.ok(line);
  return line;
}

const fault = (status: number): Step[] => answering(httpAnswer(status, `{"f": {"code": ${status}, "message": "no"}}`));
const answered = (name: string, id: string): Step[] => answering(httpAnswer(202, serverDocument, { [name]: id }));
const lineFor = (rebuild: object): Promise<LogLine> =>
  lineOf(rebuildRequest('json', JSON.stringify({ rebuild: { imageRef: imageId, ...rebuild } })), fault(500));
const short = { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '300' };
const broken = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{"a"';

/* The guards: familyOf and levelOfFamily in src/observe/fault-families.ts, and access-log.ts. */
describe('the level of the line of an exchange', () => {
  const callers = Object.fromEntries([400, 401, 403, 404, 409, 413, 429, 501].map((status) => [status, fault(status)]));
  const clouds = Object.fromEntries([500, 502, 503, 504].map((status) => [status, fault(status)]));
  for (const [road, request] of Object.entries(roads)) {
    for (const [status, script] of Object.entries(callers)) {
      test(`is info for a ${status} of the cloud, ${road}`, async () => {
        const { level, fields } = await lineOf(request, script);
        assert.deepEqual([level, fields['fault'], fields['cloudStatus']], ['info', 'cloud-refusal', Number(status)]);
      });
    }
    for (const [status, script] of Object.entries(clouds)) {
      test(`is warn for a ${status} of the cloud, ${road}`, async () => {
        const { level, fields } = await lineOf(request, script);
        assert.deepEqual([level, fields['fault'], fields['cloudStatus']], ['warn', 'cloud-error', Number(status)]);
      });
    }
    for (const [what, script, settings] of [
      ['is silent', [{ kind: 'silent' }], short],
      ['closes', answering(), {}],
      ['breaks off in its body', answering(broken), {}],
      ['sends rubbish', answering('rubbish\r\n\r\n'), {}],
    ] as const) {
      test(`is warn where the cloud ${what}, ${road}`, async () => {
        const { level, fields } = await lineOf(request, script, settings);
        assert.equal(level, 'warn');
        assert.match(String(fields['fault']), /^cloud-(?:timeout|gone|broke-off)$/);
        assert.ok(Number(fields['cloudMs']) > 0 && Number(fields['cloudMs']) <= Number(fields['ms']));
      });
    }
    test(`is warn where a limit of the gateway ends the exchange, ${road}`, async () => {
      const { level, fields } = await lineOf(request, [{ kind: 'silent' }], { GATEWAY_EXCHANGES_TIMEOUT_MS: '200' });
      assert.deepEqual([level, fields['fault']], ['warn', 'exchange-timeout']);
      assert.ok(Number(fields['cloudMs']) > 100, String(fields['cloudMs']));
    });
    test(`is info where the caller has gone, ${road}`, async () => {
      const cloud = await startRawCloud([{ kind: 'read' }, { kind: 'silent' }]);
      const gateway = await startTestGateway(cloud.url);
      try {
        const { hostname, port } = new URL(gateway.url);
        const { method = 'POST', path, headers = {}, body = '' } = request;
        const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body) });
        const socket = connect(Number(port), hostname).on('error', () => undefined);
        socket.write(
          `${method} ${path} HTTP/1.1\r\nHost: g\r\n${lines.map((line) => `${line.join(': ')}\r\n`).join('')}\r\n`,
        );
        socket.write(body);
        await inTime(cloud.until(() => cloud.requests().length === 1));
        // A caller that only closes its half still gets its answer.
        socket.resetAndDestroy();
        const { level, fields } = await lastLine(gateway);
        assert.deepEqual([level, fields['fault'], fields['status']], ['info', 'caller-gone', 499]);
        assert.ok(Number(fields['cloudMs']) > 0, 'the wait for the cloud has begun');
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }

  test('is info for a request that the gateway itself refuses, and for a fault of HEAD by its status', async () => {
    const refused = await lineOf(rebuildRequest('xml', '<rebuild'), fault(500));
    assert.deepEqual([refused.level, refused.fields['fault']], ['info', 'malformed-body']);
    for (const [status, level] of [
      [404, 'info'],
      [503, 'warn'],
    ] as const) {
      const head = `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`;
      const line = await lineOf({ method: 'HEAD', path: '/v2.1/os-gadgets' }, answering(head));
      assert.equal(line.level, level);
    }
  });
});

// Guard: causeCodeOf in src/fault.ts.
describe('the line of a request without an answer', () => {
  for (const [road, request] of Object.entries(roads)) {
    test(`has the cause, the time of the cloud and the level warn: a cloud that refuses connections, ${road}`, async () => {
      const gateway = await startTestGateway(refusingUrl);
      try {
        await call(gateway.url, request);
        const { level, fields } = await lastLine(gateway);
        assert.equal(level, 'warn');
        assert.deepEqual(
          [fields['fault'], fields['cause'], fields['status']],
          ['cloud-unreachable', 'ECONNREFUSED', 503],
        );
        assert.equal(typeof fields['cloudMs'], 'number');
        assert.equal(fields['cloudStatus'], undefined);
      } finally {
        await gateway.stop();
      }
    });
    for (const [what, script] of Object.entries({
      'that resets': [{ kind: 'read' }, { kind: 'turns' }, { kind: 'reset' }],
      'that breaks off': answering(broken),
    } satisfies Record<string, readonly Step[]>)) {
      test(`has a cause: a cloud ${what}, ${road}`, async () => {
        const { fields } = await lineOf(request, script);
        assert.match(String(fields['cause']), /^[A-Z][A-Z_]+$/);
      });
    }
  }
});

describe('the ids of the line of an exchange', () => {
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const own = 'req-5d2f9c1e-7a3b-4c8d-9e0f-1a2b3c4d5e6f';
  const clouds = 'req-0c9a1b2c-3d4e-4f50-8a6b-7c8d9e0f1a2b';
  for (const [road, request] of Object.entries(roads)) {
    for (const name of ['X-Compute-Request-Id', 'X-OpenStack-Request-ID']) {
      test(`are the cloud's, which it names in ${name} and the caller received, the caller's own and that of its trace, ${road}`, async () => {
        const headers = {
          ...request.headers,
          traceparent: `00-${trace}-b7ad6b7169203331-01`,
          'X-OpenStack-Request-ID': own,
        };
        const { fields } = await lineOf({ ...request, headers }, answered(name, clouds));
        assert.deepEqual(
          [fields['requestId'], fields['globalRequestId'], fields['traceId'], fields['client']],
          [clouds, own, trace, '127.0.0.1'],
        );
      });
    }

    test(`are no texts that are no ids, ${road}`, async () => {
      const headers = { ...request.headers, traceparent: 'my secret', 'X-OpenStack-Request-ID': 'my secret' };
      const { fields } = await lineOf({ ...request, headers }, answered('X-Compute-Request-Id', 'another secret'));
      assert.match(String(fields['requestId']), /^req-[0-9a-f-]{36}$/);
      assert.deepEqual([fields['globalRequestId'], fields['traceId']], [undefined, undefined]);
    });

    // Guard: requestIds in trace-context.ts. The cloud's log names it even if the cloud does not answer.
    test(`are the gateway's own in the answer, in the line and at the cloud, where the caller names none and the cloud does not answer, ${road}`, async () => {
      const cloud = await startRawCloud(answering());
      const gateway = await startTestGateway(cloud.url);
      try {
        const { headers, status } = await call(gateway.url, request);
        assert.equal(status, 504);
        const { fields } = await lastLine(gateway);
        const id = headers['x-compute-request-id'];
        assert.match(String(id), /^req-[0-9a-f-]{36}$/);
        assert.deepEqual([fields['requestId'], fields['globalRequestId']], [id, id]);
        const [connection] = cloud.connections;
        assert.ok(connection?.bytes().toString().toLowerCase().includes(`\r\nx-openstack-request-id: ${id}\r\n`));
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }

  test("are not those of a read before a change whose answer never came, and neither is the cloud's status", async () => {
    const body = { rebuild: { imageRef: imageId, personality: [{ path: '/etc/motd', contents: 'aGVsbG8=' }] } };
    const cloud = await startRawCloud(answering());
    cloud.script(answering(httpAnswer(200, serverDocument, { 'X-Compute-Request-Id': clouds })), answering());
    const gateway = await startTestGateway(cloud.url);
    try {
      const { headers } = await call(gateway.url, rebuildRequest('json', JSON.stringify(body)));
      assert.equal(cloud.requests().length, 2);
      const { fields } = await lastLine(gateway);
      assert.equal(fields['requestId'], headers['x-compute-request-id']);
      assert.notEqual(fields['requestId'], clouds);
      assert.equal(fields['cloudStatus'], undefined);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});

describe('the line of a message with a wrong member', () => {
  test('has its path, and no value', async () => {
    const { fields } = await lineFor({ personality: [{ path: '/a', contents: 'my*secret' }] });
    assert.deepEqual([fields['fault'], fields['member']], ['invalid-member', 'rebuild.personality[0].contents']);
    assert.ok(!JSON.stringify(fields).includes('secret'));
  });

  test('has at most 200 characters of it, where the caller chose a key', async () => {
    const { fields } = await lineFor({ metadata: { ['k'.repeat(250)]: 5.5 } });
    assert.deepEqual([fields['fault'], fields['member']], ['invalid-member', `rebuild.metadata["${'k'.repeat(182)}`]);
  });
});

test("the project and the server of a line are the path's, whatever its road", async () => {
  const gateway = await startTestGateway(refusingUrl);
  try {
    const paths: readonly (readonly [string, string | undefined, string | undefined])[] = [
      ['/v2.1/flavors', undefined, undefined],
      ['/v2.1/os-keypairs', undefined, undefined],
      [`/v2.1/servers/${serverId}`, undefined, serverId],
      [`/v2/${projectId}/servers/${serverId}.xml`, projectId, serverId],
    ];
    for (const [index, [path, project, server]] of paths.entries()) {
      await call(gateway.url, { method: 'GET', path, headers: {} });
      await gateway.logged('exchange', index + 1);
      const { fields } = await lastLine(gateway);
      assert.deepEqual([fields['project'], fields['server']], [project, server], path);
    }
  } finally {
    await gateway.stop();
  }
});
