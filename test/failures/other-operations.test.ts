import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { call, type TestRequest } from '../support/http.ts';
import {
  answering,
  atATime,
  httpAnswer,
  refusingUrl,
  startFullCloud,
  startRawCloud,
  timeoutsFor,
  type Step,
} from '../support/raw-cloud.ts';
import { actionPath, faultOf, media, projectId, serverId, timed, type Medium } from '../support/rebuild-call.ts';

const settings = { GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: '2048' };
const types = { xml: 'application/xml', json: 'application/json' } as const;

const read = (path: string, medium: Medium, method = 'GET'): TestRequest => ({
  method,
  path: `/v2/${projectId}/${path}`,
  headers: { Accept: types[medium], 'X-Auth-Token': 'token' },
});
const act = (medium: Medium, xml: string, json: string): TestRequest => ({
  path: actionPath,
  headers: { 'Content-Type': types[medium], 'X-Auth-Token': 'token' },
  body: medium === 'xml' ? xml : json,
});

/** A translated operation as its caller asks for it. */
type Asking = (medium: Medium) => TestRequest;

const unanswered: Readonly<Record<string, readonly [number, Asking]>> = {
  'the deletion of a server': [204, (medium) => read(`servers/${serverId}`, medium, 'DELETE')],
  'the pause of a server': [202, (medium) => act(medium, '<pause/>', '{"pause": null}')],
  'the reboot of a server': [202, (medium) => act(medium, '<reboot type="SOFT"/>', '{"reboot": {"type": "SOFT"}}')],
};
const answered: Readonly<Record<string, Asking>> = {
  'the list of servers': (medium) => read('servers', medium),
  'the detailed list of servers': (medium) => read('servers/detail?limit=1', medium),
  'the list of flavors': (medium) => read('flavors', medium),
  'the detailed list of images': (medium) => read('images/detail', medium),
  'a server': (medium) => read(`servers/${serverId}`, medium),
  'the addresses of a server': (medium) => read(`servers/${serverId}/ips`, medium),
  'the metadata of a server': (medium) => read(`servers/${serverId}/metadata`, medium),
  'the console of a server': (medium) =>
    act(medium, '<os-getVNCConsole type="novnc"/>', '{"os-getVNCConsole": {"type": "novnc"}}'),
};
const both: Readonly<Record<string, Asking>> = {
  ...Object.fromEntries(Object.entries(unanswered).map(([what, [, asking]]) => [what, asking])),
  ...answered,
};

/** A fault by its beginning. */
interface Expected {
  readonly status: number;
  /** The name of the fault; computeFault by default. */
  readonly title?: string;
  readonly message: RegExp;
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const silent: Step = { kind: 'silent' };
const written = (bytes: string): Step => ({ kind: 'write', bytes });
const acted = ' It may have acted on the request.';
const late = { status: 504, message: /^The cloud did not answer in time\. It may have acted on the request\.$/ };
const gone = { status: 504, message: /^The cloud closed the connection .* It may have acted on the request\.$/ };
const broken = { status: 502, message: /^The cloud's answer broke off .* It may have acted on the request\.$/ };
const nonsense = { status: 502, message: /^The cloud answered .*\. It may have acted on the request\.$/ };

const failures: Readonly<Record<string, readonly [readonly Step[], Expected]>> = {
  'is silent': [[silent], late],
  'is silent after its head': [[{ kind: 'read' }, written(`${head}Content-Length: 9\r\n\r\n`), silent], late],
  'is silent in its body': [[{ kind: 'read' }, written(`${head}Content-Length: 9\r\n\r\n{"s`), silent], late],
  'closes when it has the request': [answering(), gone],
  'resets when it has the request': [[{ kind: 'read' }, { kind: 'reset' }], gone],
  'breaks off in its status line': [answering('HTTP/1.1 20'), gone],
  'breaks off in its headers': [answering(`${head}Content-Len`), gone],
  'breaks off before its body': [answering(`${head}Content-Length: 90\r\n\r\n`), broken],
  'breaks off in its body': [answering(`${head}Content-Length: 90\r\n\r\n{"servers"`), broken],
  'breaks off in a chunk': [answering(`${head}Transfer-Encoding: chunked\r\n\r\n40\r\n{"servers"`), broken],
  'sends rubbish': [
    answering('SSH-2.0-OpenSSH_9.2\r\n'),
    { status: 502, message: / may have acted on the request\.$/ },
  ],
  'sends too much': [
    answering(httpAnswer(200, Buffer.alloc(2049, ' '))),
    { status: 502, message: /^The cloud's answer is too large\. It may have acted on the request\.$/ },
  ],
  redirects: [answering(httpAnswer(302, '', { Location: 'http://127.0.0.1:1/elsewhere' })), nonsense],
  'answers 304': [answering('HTTP/1.1 304 Not Modified\r\n\r\n'), nonsense],
};

const representatives = new Set(['the reboot of a server', 'the detailed list of servers']);
const oneFailure: typeof failures = { 'closes when it has the request': [answering(), gone] };

/** Bodies of a 200 that are no answer of any of the operations. */
const bodies: Readonly<Record<string, string>> = {
  HTML: '<html><body>Welcome</body></html>',
  nothing: '',
  'JSON that is cut off': '{"servers": [{"id": "1"',
  'another document': '{"extensions": []}',
  'an empty object': '{}',
  'a list': '[]',
  null: 'null',
};

/** Bodies of 200 that are the errors that they say. */
const errors: Readonly<Record<string, readonly [string, Expected]>> = {
  'an error of ECS': [
    '{"error": {"code": "Ecs.0100", "message": "no"}}',
    { status: 400, title: 'badRequest', message: /^no \(Ecs\.0100\)$/ },
  ],
  'an error of the API gateway': [
    '{"error_code": "APIG.0308", "error_msg": "no"}',
    { status: 429, title: 'overLimit', message: /^no \(APIG\.0308\)$/ },
  ],
  'a legacy fault': [
    '{"itemNotFound": {"code": 404, "message": "no"}}',
    { status: 404, title: 'itemNotFound', message: /^no$/ },
  ],
};

/** Bodies of 200 whose member is of another kind than it has to be. */
const kinds: Readonly<Record<string, readonly [Asking, string]>> = {
  'servers that are a text': [(medium) => read('servers', medium), '{"servers": "no"}'],
  'servers that are an object': [(medium) => read('servers/detail', medium), '{"servers": {"id": "1"}}'],
  'a server that is null': [(medium) => read(`servers/${serverId}`, medium), '{"server": null}'],
  'a server that is a list': [(medium) => read(`servers/${serverId}`, medium), '{"server": []}'],
  'addresses that are a number': [(medium) => read(`servers/${serverId}/ips`, medium), '{"addresses": 7}'],
  'metadata that is a text': [(medium) => read(`servers/${serverId}/metadata`, medium), '{"metadata": "no"}'],
};

async function assertFault(
  asking: Asking,
  medium: Medium,
  script: readonly Step[],
  { status, title = 'computeFault', message }: Expected,
): Promise<void> {
  const cloud = await startRawCloud(script);
  const gateway = await startTestGateway(cloud.url, { ...settings, ...timeoutsFor(script) });
  try {
    const request = asking(medium);
    const answer = await call(gateway.url, request);
    const fault = faultOf(answer, medium);
    assert.equal(fault.title, title);
    const isRead = request.method === 'GET';
    // Guard: forReading() in fault.ts. The fault of a read is the same without that the cloud may have acted.
    if (isRead) assert.doesNotMatch(fault.message, /acted/);
    assert.match(isRead && status >= 500 ? `${fault.message}${acted}` : fault.message, message);
    assert.equal(fault.status, status, fault.message);
    assert.equal(answer.headers['location'], undefined);
    assert.equal(cloud.connections.length, 1, 'connections');
    assert.equal(cloud.requests().length, 1, 'requests');
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

describe('a cloud that fails after it was asked is a fault, whatever the operation', atATime, () => {
  for (const medium of media) {
    for (const [what, asking] of Object.entries(both)) {
      // Only one difference between operations matters here, whether their answer has a document: so two stand for all.
      const shown = representatives.has(what) ? failures : oneFailure;
      for (const [how, [script, expected]] of Object.entries(shown)) {
        test(`${what}, to ${medium}: the cloud ${how}: ${expected.status}`, () =>
          assertFault(asking, medium, script, expected));
      }
    }
    for (const [what, asking] of Object.entries(answered)) {
      for (const [body, bytes] of Object.entries(bodies)) {
        test(`${what}, to ${medium}: the cloud answers 200 with ${body}: 502`, () =>
          assertFault(asking, medium, answering(httpAnswer(200, bytes)), nonsense));
      }
    }
    for (const [what, asking] of Object.entries(both)) {
      for (const [error, [bytes, expected]] of Object.entries(errors)) {
        test(`${what}, to ${medium}: the cloud answers 200 with ${error}: ${expected.status}`, () =>
          assertFault(asking, medium, answering(httpAnswer(200, bytes)), expected));
      }
    }
    for (const [what, [asking, bytes]] of Object.entries(kinds)) {
      test(`to ${medium}: the cloud answers 200 with ${what}: 502`, () =>
        assertFault(asking, medium, answering(httpAnswer(200, bytes)), nonsense));
    }
  }
});

describe('a cloud that is not reached is 503, and nothing was sent, whatever the operation', () => {
  const expected = {
    status: 503,
    title: 'serviceUnavailable',
    message: 'The cloud cannot be reached. Nothing was sent to it.',
  };
  for (const medium of media) {
    for (const [what, asking] of Object.entries(both)) {
      test(`${what}, to ${medium}: the cloud refuses connections`, async () => {
        const gateway = await startTestGateway(refusingUrl, settings);
        try {
          const answer = await call(gateway.url, asking(medium));
          assert.deepEqual(faultOf(answer, medium), expected);
        } finally {
          await gateway.stop();
        }
      });
    }

    test(`the deletion of a server, to ${medium}: the cloud never accepts (skipped where a queue cannot be filled)`, async (t) => {
      const cloud = await startFullCloud();
      if (cloud === undefined) return t.skip('this system accepts connections that nobody accepts');
      const gateway = await startTestGateway(cloud.url, { ...settings, GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '300' });
      try {
        const { answer, ms } = await timed(gateway.url, read(`servers/${serverId}`, medium, 'DELETE'));
        assert.deepEqual(faultOf(answer, medium), expected);
        assert.ok(ms >= 280, `${ms} ms`);
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }
});

describe('an operation that answers nothing needs nothing but a success', () => {
  for (const medium of media) {
    for (const [what, [status, asking]] of Object.entries(unanswered)) {
      for (const [how, bytes] of Object.entries({
        '204': 'HTTP/1.1 204 No Content\r\n\r\n',
        '202 without a body': httpAnswer(202, ''),
        '200 with a job of ECS': httpAnswer(200, '{"job_id": "70a599e031e749b7b260868f441e862b"}'),
      })) {
        test(`${what}, to ${medium}: the cloud answers ${how}: ${status}`, async () => {
          const cloud = await startRawCloud(answering(bytes));
          const gateway = await startTestGateway(cloud.url, settings);
          try {
            const answer = await call(gateway.url, asking(medium));
            assert.equal(answer.status, status);
            assert.equal(answer.body, '');
            assert.equal(answer.headers['content-type'], undefined);
            assert.equal(cloud.requests().length, 1, 'requests');
          } finally {
            await gateway.stop();
            await cloud.stop();
          }
        });
      }
    }
  }
});
