import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call } from '../support/http.ts';
import { startTestGateway } from '../support/gateway.ts';
import { inTime } from '../support/in-time.ts';
import { answering, atATime, httpAnswer, refusingUrl, startFullCloud, startRawCloud } from '../support/raw-cloud.ts';
import { faultOf, media, rebuildRequest, serverDocument, timed } from '../support/rebuild-call.ts';

describe('a cloud that is not reached is 503, which says that nothing was sent', atATime, () => {
  for (const medium of media) {
    test(`to ${medium}: the cloud refuses connections`, async () => {
      const gateway = await startTestGateway(refusingUrl);
      try {
        const answer = await call(gateway.url, rebuildRequest(medium));
        assert.deepEqual(faultOf(answer, medium), {
          status: 503,
          title: 'serviceUnavailable',
          message: 'The cloud cannot be reached. Nothing was sent to it.',
        });
      } finally {
        await gateway.stop();
      }
    });

    test(`to ${medium}: the name of the cloud does not resolve`, async () => {
      const gateway = await startTestGateway('http://cloud.invalid', { GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '1000' });
      try {
        const answer = await call(gateway.url, rebuildRequest(medium));
        assert.equal(faultOf(answer, medium).status, 503);
      } finally {
        await gateway.stop();
      }
    });

    test(`to ${medium}: the cloud never accepts (skipped where a queue cannot be filled)`, async (t) => {
      const cloud = await startFullCloud();
      if (cloud === undefined) return t.skip('this system accepts connections that nobody accepts');
      const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '300' });
      try {
        const { answer, ms } = await timed(gateway.url, rebuildRequest(medium));
        assert.equal(faultOf(answer, medium).title, 'serviceUnavailable');
        assert.equal(answer.status, 503);
        assert.ok(ms >= 280, `${ms} ms`);
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });

    test(`to ${medium}: the cloud resets every connection at once, and is not tried again`, async () => {
      const cloud = await startRawCloud([{ kind: 'reset' }]);
      const gateway = await startTestGateway(cloud.url);
      try {
        const answer = await call(gateway.url, rebuildRequest(medium));
        const { status, message } = faultOf(answer, medium);
        // Whether the reset comes before or after the first byte is up to the system; the message must fit.
        assert.match(
          `${status} ${message}`,
          /^(?:503 .*Nothing was sent to it\.|504 .*It may have acted on the request\.)$/,
        );
        assert.equal(cloud.connections.length, 1, 'connections');
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }

  test('the whole exchange has one limit, connecting included', async (t) => {
    const cloud = await startFullCloud();
    if (cloud === undefined) return t.skip('this system accepts connections that nobody accepts');
    const gateway = await startTestGateway(cloud.url, {
      GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '3000',
      GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '300',
    });
    try {
      const answer = await call(gateway.url, rebuildRequest('xml'));
      assert.equal(faultOf(answer, 'xml').status, 503);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });

  test('a gateway that ends does not wait longer than its limit for a connection that is being made', async (t) => {
    const cloud = await startFullCloud();
    if (cloud === undefined) return t.skip('this system accepts connections that nobody accepts');
    const gateway = await startTestGateway(cloud.url, {
      GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '600000',
      GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '200',
      GATEWAY_SHUTDOWN_TIMEOUT_MS: '300',
    });
    assert.equal((await call(gateway.url, rebuildRequest('xml'))).status, 503);
    try {
      // The limit of connecting is above the patience of this test.
      await inTime(gateway.stop(), 'the gateway does not end');
    } finally {
      await cloud.stop();
    }
  });

  test('a cloud that comes back is reached again', async () => {
    const cloud = await startRawCloud(
      [{ kind: 'reset' }],
      [{ kind: 'read' }, { kind: 'write', bytes: httpAnswer(202, serverDocument) }, { kind: 'close' }],
    );
    const gateway = await startTestGateway(cloud.url);
    try {
      assert.ok((await call(gateway.url, rebuildRequest('xml'))).status >= 500);
      assert.equal((await call(gateway.url, rebuildRequest('xml'))).status, 202);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });

  test('a connection that the cloud closed while it was idle is not used again', async () => {
    const cloud = await startRawCloud(answering(httpAnswer(202, serverDocument)));
    const gateway = await startTestGateway(cloud.url);
    try {
      for (const count of [1, 2, 3]) {
        assert.equal((await call(gateway.url, rebuildRequest('json'))).status, 202);
        await cloud.until(() => cloud.connections.at(-1)?.isClosed() === true);
        assert.equal(cloud.requests().length, count);
      }
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});

describe('interim answers of the cloud are passed over', () => {
  for (const status of [100, 102, 103]) {
    test(`${status} before the answer, which nobody asked for, changes nothing (RFC 9110, 15.2)`, async () => {
      const interim = `HTTP/1.1 ${status} Interim\r\nLink: </x>\r\n\r\n`;
      const cloud = await startRawCloud(answering(interim, httpAnswer(202, serverDocument)));
      const gateway = await startTestGateway(cloud.url);
      try {
        const answer = await call(gateway.url, rebuildRequest('json'));
        assert.equal(answer.status, 202, answer.body);
        assert.equal(answer.headers['link'], undefined);
        assert.equal(cloud.requests().length, 1);
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }
});
