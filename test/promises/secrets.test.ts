import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertClean, words } from '../process/canary.ts';
import { says, testCleanEnd, useCanaryGateways, type Handler } from '../process/canary-gateways.ts';
import { serving, spawnGateway } from '../process/gateway-process.ts';
import { escapeHtml, pythonRepr } from '../process/quoting.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { startRawCloud } from '../support/raw-cloud.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { answerOf, assertSecretsKept, secretCalls } from './secret-calls.ts';

/*
 * Do the same as test/process/canaries.test.ts for every operation whose request or answer has a secret, and search every
 * place besides the log. The guards: trace.ts, which has no field for a body; access-log.ts, which
 * takes the query off and shows no id that does not look like one; redact-message.ts and `secret: true` in src/compute; metrics.ts; defect.ts and main.ts.
 */

const canaries = useCanaryGateways();
const { gateways, urls, play, assertLogsClean } = canaries;

/** The behaviours of a cloud. */
const clouds: Readonly<Record<string, Handler>> = {
  'answers well': (body, request, response) => {
    response.writeHead(request.method === 'GET' ? 200 : 202, { 'Content-Type': 'application/json' });
    response.end(answerOf(body, request));
  },
  'quotes the request in the notation of Python': says(400, (body) =>
    JSON.stringify({ badRequest: { code: 400, message: `Invalid input. Value: ${pythonRepr(body)}.` } }),
  ),
  'quotes the request in a page': says(500, (body) => `<html><body>${escapeHtml(JSON.stringify(body))}</body></html>`),
  'quotes the token': says(401, (_, request) =>
    JSON.stringify({ error: { code: 401, message: `no such token: ${String(request.headers['x-auth-token'])}` } }),
  ),
  'echoes the request as its answer': says(202, (body) =>
    JSON.stringify({ server: body, adminPass: body, output: body }),
  ),
  'answers nonsense with secrets in it': says(200, (body, request) => answerOf(body, request).slice(0, -2)),
  'breaks off in the middle of secrets': (body, request, response) => {
    response.writeHead(202, { 'Content-Type': 'application/json', 'Content-Length': '9000' });
    response.write(answerOf(body, request), () => request.socket.destroy());
  },
  'hangs up': (_, request) => void request.socket.destroy(),
  'gives the token as the id of the request': (body, request, response) => {
    const token = String(request.headers['x-auth-token']);
    response.writeHead(200, { 'X-Compute-Request-Id': token, 'X-OpenStack-Request-ID': token });
    response.end(answerOf(body, request));
  },
  'is silent': () => undefined,
};

/** Callers with a token of their own are answered without a secret, whatever becomes of the rest. */
const sparing =
  (handle: Handler): Handler =>
  (body, request, response) =>
    (request.headers['x-auth-token'] === 'token' ? says(409, () => refusal) : handle)(body, request, response);
const refusal = JSON.stringify({ conflictingRequest: { code: 409, message: 'Cannot while it is in task_state' } });

/** The answers to other callers, while and after the secrets passed. */
const others: string[] = [];
async function otherCallers(): Promise<void> {
  for (const name of ['ecs', 'nova', 'down'] as const) {
    for (const medium of ['xml', 'json'] as const) {
      // Three faults: the gateway's own, a limit's, and whatever the cloud does now.
      for (const body of ['<rebuild', 'x'.repeat(200_000), undefined]) {
        const { headers, body: answer } = await call(urls[name], rebuildRequest(medium, body))
          .catch(String)
          .then(shown);
        canaries.sent[name] += 1;
        others.push(JSON.stringify(headers) + answer);
      }
    }
  }
}
const shown = (answer: TestAnswer | string): Pick<TestAnswer, 'headers' | 'body'> =>
  typeof answer === 'string' ? { headers: {}, body: answer } : answer;

describe('no secret is seen by anybody but its caller', () => {
  for (const [what, handle] of Object.entries(clouds)) {
    test(`when the cloud ${what}`, async () => {
      const played = [...secretCalls].flatMap(([call, request]) =>
        (['ecs', 'nova'] as const).map(async (name) => ({
          call,
          // A forwarded answer that breaks off ends its connection.
          answer: await play(name, request, sparing(handle)).catch(() => undefined),
        })),
      );
      const answers = await Promise.all(played);
      assert.ok(answers.length > 90);
      if (/quotes/.test(what)) {
        // Translated, even the caller's own fault has none; JSON that passes as it is is the cloud's.
        for (const { call, answer } of answers.filter(({ call }) => !call.endsWith('forwarded'))) {
          assert.ok(answer !== undefined && answer.status >= 400, call);
          assertClean(answer.body, `the fault of ${call}`);
        }
      }
      await otherCallers();
      await assertLogsClean();
    });
  }

  test('when there is no cloud', async () => {
    const answers = await Promise.all([...secretCalls.values()].map((request) => play('down', request)));
    for (const { status, body } of answers) {
      assert.ok(status >= 400 && status <= 503);
      assertClean(body, 'the fault');
    }
    await assertLogsClean();
  });

  test('in faults to other callers', () => {
    assert.ok(others.length >= 18 * Object.keys(clouds).length);
    for (const answer of others) assertSecretsKept(answer, 'the answer to another caller');
  });

  test('in metrics and all other answers of the admin port, whatever it is asked', async () => {
    for (const gateway of gateways.values()) {
      const { adminUrl } = await gateway.ready();
      for (const path of ['/metrics', '/livez', '/readyz', '/healthcheck', '/', `/${words.token}`, '/debug/pprof']) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          const { headers, body } = await call(adminUrl, { method, path, headers: { 'X-Auth-Token': words.token } });
          assertSecretsKept(JSON.stringify(headers) + body, `${method} ${path}`);
        }
      }
      const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
      assert.match(body, /^gateway_exchanges_total\{/m);
    }
  });

  test('in what the processes wrote', () => {
    for (const gateway of gateways.values()) assertSecretsKept(gateway.stdout() + gateway.stderr(), 'the log');
  });
});

describe('an unexpected error is logged without the text that it quotes', () => {
  let crashing = '';
  before(() => {
    crashing = new URL('crashing.ts', import.meta.url).href;
  });
  for (const [crash, error] of Object.entries({
    exception: 'TypeError',
    rejection: 'AggregateError',
    text: 'string',
    changed: 'Error',
  })) {
    // Guards: describeDefect in src/observe/defect.ts, and shutDownOnDefects in src/process/shutdown.ts; without them node prints it to stderr.
    test(`${crash}: its line has an id and no word, nothing is on stderr, the running exchange ends, the code is 70`, async () => {
      const crashed = Promise.withResolvers<void>();
      const cloud = await startRawCloud([
        { kind: 'read' },
        { kind: 'wait', until: crashed.promise },
        { kind: 'close' },
      ]);
      const gateway = spawnGateway(serving(cloud.url, { NODE_OPTIONS: `--import=${crashing}`, CRASH: crash }));
      try {
        const { url } = await gateway.ready();
        const request = secretCalls.get('createServer in XML');
        assert.ok(request);
        const running = call(url, request);
        await cloud.until(() => cloud.requests().length === 1);
        gateway.child.kill('SIGUSR2');
        await gateway.logged('unhandled error');
        crashed.resolve();
        assert.equal((await running).status, 504);
        assert.equal(await gateway.ended(), 70);
        const line = gateway.lines().find(({ message }) => message === 'unhandled error');
        assert.match(String(line?.['id']), /^err-[0-9a-f-]{36}$/);
        assert.equal(line?.['error'], error);
        assert.equal(gateway.stderr(), '');
        assertSecretsKept(gateway.stdout(), 'the log');
      } finally {
        gateway.kill();
        await gateway.ended();
        await cloud.stop();
      }
    });
  }
});

testCleanEnd(canaries);
