import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call } from '../support/http.ts';
import { startTestGateway } from '../support/gateway.ts';
import {
  answering,
  atATime,
  httpAnswer,
  refusingUrl,
  startRawCloud,
  timeoutsFor,
  type Step,
} from '../support/raw-cloud.ts';
import {
  faultOf,
  media,
  projectId,
  rebuildRequest,
  rebuildWithFile,
  serverDocument,
  serverId,
} from '../support/rebuild-call.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const settings = {
  GATEWAY_UPSTREAM_PROFILE: 'ecs',
  GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: '2048',
};

const failures: Readonly<Record<string, readonly Step[]>> = {
  'is silent': [{ kind: 'silent' }],
  'resets at once': [{ kind: 'reset' }],
  'resets when it has the request': [{ kind: 'read' }, { kind: 'reset' }],
  'breaks off in its status line': answering('HTTP/1.1 20'),
  'breaks off in its headers': answering(`${head}Content-Len`),
  'breaks off in its body': answering(`${head}Content-Length: 90\r\n\r\n{"server"`),
  'breaks off in a chunk': answering(`${head}Transfer-Encoding: chunked\r\n\r\n40\r\n{"server"`),
  'sends too much': answering(httpAnswer(200, Buffer.alloc(2049, ' '))),
  'sends rubbish': answering('SSH-2.0-OpenSSH_9.2\r\n'),
  'sends HTML': answering(httpAnswer(200, '<html>hello</html>', { 'Content-Type': 'text/html' })),
  'answers 204': answering('HTTP/1.1 204 No Content\r\n\r\n'),
  redirects: answering(httpAnswer(302, '', { Location: 'http://127.0.0.1:1/' })),
  'answers with a server that is a list': answering(httpAnswer(200, '{"server": []}')),
  'answers with a list of servers': answering(httpAnswer(200, '{"servers": []}')),
};

describe('a cloud that fails before anything was changed is 503, which says that nothing was changed', atATime, () => {
  for (const medium of media) {
    for (const [what, script] of Object.entries(failures)) {
      test(`to ${medium}: at the reading of the present server the cloud ${what}`, async () => {
        const cloud = await startRawCloud(script);
        const gateway = await startTestGateway(cloud.url, { ...settings, ...timeoutsFor(script) });
        try {
          const answer = await call(gateway.url, rebuildRequest(medium, rebuildWithFile[medium]));
          const fault = faultOf(answer, medium);
          assert.equal(fault.title, 'serviceUnavailable');
          assert.equal(fault.status, 503);
          assert.match(fault.message, /Nothing was changed\.$/);
          assert.doesNotMatch(fault.message, /may have acted/);
          assert.equal(cloud.connections.length, 1, 'connections');
          assert.ok(!cloud.requests().some((line) => line.startsWith('POST')), 'no POST was sent');
        } finally {
          await gateway.stop();
          await cloud.stop();
        }
      });
    }

    test(`to ${medium}: the cloud refuses connections`, async () => {
      const gateway = await startTestGateway(refusingUrl, settings);
      try {
        const answer = await call(gateway.url, rebuildRequest(medium, rebuildWithFile[medium]));
        const { status, message } = faultOf(answer, medium);
        assert.equal(status, 503);
        assert.match(message, /Nothing was changed\.$/);
      } finally {
        await gateway.stop();
      }
    });

    for (const status of [401, 403, 404, 409, 429, 500, 503]) {
      test(`to ${medium}: a fault ${status} at the reading is the answer, and no POST is sent`, async () => {
        const cloud = await startRawCloud(
          answering(
            httpAnswer(status, `{"x": {"code": ${status}, "message": "said"}}`, { 'X-Compute-Request-Id': 'req-1' }),
          ),
        );
        const gateway = await startTestGateway(cloud.url, settings);
        try {
          const answer = await call(gateway.url, rebuildRequest(medium, rebuildWithFile[medium]));
          const fault = faultOf(answer, medium);
          assert.equal(fault.status, status);
          assert.equal(fault.message, status >= 500 ? 'said Nothing was changed.' : 'said');
          assert.equal(answer.headers['x-compute-request-id'], 'req-1');
          assert.deepEqual(cloud.requests(), [`GET /v2.1/${projectId}/servers/${serverId}`]);
        } finally {
          await gateway.stop();
          await cloud.stop();
        }
      });
    }

    test(`to ${medium}: a cloud that fails at the rebuild itself may have acted`, async () => {
      const cloud = await startRawCloud(
        answering(httpAnswer(200, serverDocument, { Connection: 'close' })),
        answering(),
      );
      const gateway = await startTestGateway(cloud.url, settings);
      try {
        const answer = await call(gateway.url, rebuildRequest(medium, rebuildWithFile[medium]));
        const { status, message } = faultOf(answer, medium);
        assert.equal(status, 504);
        assert.match(message, /It may have acted on the request\.$/);
        assert.equal(cloud.requests().filter((line) => line.startsWith('POST')).length, 1);
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }

  test('a cloud that is away by the time of the rebuild was not reached, and nothing was changed', async () => {
    const cloud = await startRawCloud(answering(httpAnswer(200, serverDocument, { Connection: 'close' })));
    const gateway = await startTestGateway(cloud.url, settings);
    try {
      const exchange = call(gateway.url, rebuildRequest('xml', rebuildWithFile.xml));
      await cloud.until(() => cloud.requests().length === 1);
      // No new connections from here on; the running one is answered.
      cloud.refuse();
      const answer = await exchange;
      assert.equal(faultOf(answer, 'xml').status, 503);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});
