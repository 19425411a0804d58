import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { faultOf, media, timed } from '../support/rebuild-call.ts';
import { call } from '../support/http.ts';
import { startTestGateway } from '../support/gateway.ts';
import {
  atATime,
  refusingUrl,
  startFullCloud,
  startRawCloud,
  timeoutsFor,
  type RawCloud,
  type Step,
} from '../support/raw-cloud.ts';
import { open } from '../support/forwarding.ts';
import { inTime } from '../support/in-time.ts';
import { asked, sendings, streamedGet } from './forwarded.ts';

describe('a cloud that fails on the forwarding road is a fault in the type of the reply', atATime, () => {
  const failures: Readonly<Record<string, readonly Step[]>> = {
    'is silent': [{ kind: 'silent' }],
    'resets when it has the request': [{ kind: 'read' }, { kind: 'reset' }],
    'closes when it has the request': [{ kind: 'read' }, { kind: 'close' }],
    'breaks off in its headers': [
      { kind: 'read' },
      { kind: 'write', bytes: 'HTTP/1.1 200 OK\r\nX-' },
      { kind: 'close' },
    ],
    'sends rubbish': [{ kind: 'read' }, { kind: 'write', bytes: 'SSH-2.0\r\n\r\n' }, { kind: 'close' }],
  };
  for (const medium of media) {
    for (const [what, script] of Object.entries(failures)) {
      for (const [name, sending] of Object.entries(sendings)) {
        test(`${name} by a caller of ${medium}: the cloud ${what}`, async () => {
          const cloud = await startRawCloud(script);
          const gateway = await startTestGateway(cloud.url, timeoutsFor(script));
          try {
            const answer = await call(gateway.url, asked(medium, sending));
            const fault = faultOf(answer, medium);
            assert.ok([502, 504].includes(fault.status), String(fault.status));
            // Guard: forReading() in fault.ts. A read that failed changed nothing.
            if (name.endsWith('GET')) assert.doesNotMatch(fault.message, /acted/);
            else assert.match(fault.message, /It may have acted on the request\.$/);
            assert.equal(cloud.requests().length, 1, 'requests');
          } finally {
            await gateway.stop();
            await cloud.stop();
          }
        });
      }
    }

    for (const [name, sending] of Object.entries(sendings)) {
      test(`${name} by a caller of ${medium}: the cloud refuses connections`, async () => {
        const gateway = await startTestGateway(refusingUrl);
        try {
          const answer = await call(gateway.url, asked(medium, sending));
          assert.deepEqual(faultOf(answer, medium), {
            status: 503,
            title: 'serviceUnavailable',
            message: 'The cloud cannot be reached. Nothing was sent to it.',
          });
        } finally {
          await gateway.stop();
        }
      });

      test(`${name} by a caller of ${medium}: the cloud never accepts (skipped where a queue cannot be filled)`, async (t) => {
        const cloud = await startFullCloud();
        if (cloud === undefined) return t.skip('this system accepts connections that nobody accepts');
        const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '300' });
        try {
          const { answer, ms } = await timed(gateway.url, asked(medium, sending));
          assert.equal(faultOf(answer, medium).status, 503);
          assert.ok(ms >= 280, `${ms} ms`);
        } finally {
          await gateway.stop();
          await cloud.stop();
        }
      });
    }
  }

  test('a path with the suffix .xml is answered in XML', async () => {
    const gateway = await startTestGateway(refusingUrl);
    try {
      const answer = await call(gateway.url, { method: 'GET', path: '/v1.1/p/os-gadgets/x.xml' });
      assert.equal(faultOf(answer, 'xml').status, 503);
    } finally {
      await gateway.stop();
    }
  });
});

describe(
  'a cloud that breaks off in the middle of a streamed body breaks off the connection of the caller',
  atATime,
  () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n';
    const breaks: Readonly<Record<string, readonly Step[]>> = {
      'in a body of a known length': [
        { kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n{"gadget"` },
        { kind: 'close' },
      ],
      'in a body of chunks': [
        { kind: 'write', bytes: `${head}Transfer-Encoding: chunked\r\n\r\n9\r\n{"gadget"\r\n` },
        { kind: 'close' },
      ],
      'by a reset': [
        { kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n{"gadget"` },
        { kind: 'turns' },
        { kind: 'reset' },
      ],
      'by silence': [{ kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n{"gadget"` }, { kind: 'silent' }],
    };
    for (const [what, script] of Object.entries(breaks)) {
      for (const [way, headers] of Object.entries({ 'sent whole': {}, streamed: streamedGet }))
        test(`the caller sees the break ${what}, its request ${way}`, async () => {
          const cloud = await startRawCloud([{ kind: 'read' }, ...script]);
          const gateway = await startTestGateway(cloud.url, timeoutsFor(script));
          try {
            const { outgoing, answer } = open(gateway.url, 'GET', '/v2/p/os-gadgets', headers);
            outgoing.end();
            const message = await inTime(answer, 'no answer');
            assert.equal(message.statusCode, 200);
            await assert.rejects(inTime(message.toArray(), 'no end'), /aborted/);
            assert.equal(message.complete, false);
            assert.equal(cloud.requests().length, 1);
          } finally {
            await gateway.stop();
            await cloud.stop();
          }
        });
    }
  },
);

describe('a caller that hangs up ends the forwarded request', () => {
  interface Moment {
    readonly bytes: string;
    readonly script: readonly Step[];
    readonly come: (cloud: RawCloud, socket: Socket) => Promise<unknown>;
  }
  const moments: Readonly<Record<string, Moment>> = {
    'while the cloud thinks': {
      bytes: 'GET /v2/p/os-gadgets HTTP/1.1\r\nHost: g\r\n\r\n',
      script: [{ kind: 'read' }, { kind: 'silent' }],
      come: (cloud) => cloud.until(() => cloud.requests().length === 1),
    },
    'while the cloud sends': {
      bytes: 'GET /v2/p/os-gadgets HTTP/1.1\r\nHost: g\r\n\r\n',
      script: [
        { kind: 'read' },
        { kind: 'write', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nx' },
        { kind: 'silent' },
      ],
      come: (_, socket) => once(socket, 'data'),
    },
    'while the cloud thinks, its request streamed': {
      bytes: 'GET /v2/p/os-gadgets HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\n\r\n',
      script: [{ kind: 'read' }, { kind: 'silent' }],
      come: (cloud) => cloud.until(() => cloud.requests().length === 1),
    },
    'while the cloud sends, its request streamed': {
      bytes: 'GET /v2/p/os-gadgets HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\n\r\n',
      script: [
        { kind: 'read' },
        { kind: 'write', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nx' },
        { kind: 'silent' },
      ],
      come: (_, socket) => once(socket, 'data'),
    },
    'in the middle of its body': {
      bytes: 'PUT /v2/p/images/x HTTP/1.1\r\nHost: g\r\nContent-Length: 90\r\n\r\nx',
      script: [{ kind: 'read-head' }, { kind: 'silent' }],
      come: (cloud) => cloud.until(() => cloud.connections[0]?.bytes().includes('\r\n\r\nx') === true),
    },
  };
  for (const [when, { bytes, script, come }] of Object.entries(moments)) {
    test(`a hang-up ${when} closes the connection to the cloud`, async () => {
      const cloud = await startRawCloud(script);
      const gateway = await startTestGateway(cloud.url, { GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0' });
      try {
        const { hostname, port } = new URL(gateway.url);
        const socket = connect(Number(port), hostname, () => socket.write(bytes)).on('error', () => undefined);
        await inTime(come(cloud, socket), 'the moment does not come');
        assert.equal(cloud.requests().length, 1);
        socket.destroy();
        await cloud.until(() => cloud.connections[0]?.isClosed() === true);
        assert.deepEqual(
          gateway.log.filter(({ event }) => event === 'internal error'),
          [],
        );
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }
});
