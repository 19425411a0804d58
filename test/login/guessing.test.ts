import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { answerOf, v3Answer } from '../identity/fixtures.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { startLiveCloud, drained, type LiveCloud } from '../support/forwarding.ts';
import { inTime } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { readIdentityFault } from './identity-faults.ts';
import { passwordLogin } from './login-requests.ts';

/** The failed logins that may reach the service each minute; some of a minute passes while the tests run. */
const most = 30;
const right = 'TheRightPassword';
const vanishing = 'vanishing';

let asked: string[] = [];
let service: LiveCloud;
let gateway: TestGateway;

before(async () => {
  service = await startLiveCloud((request, response) => {
    drained(request)
      .then((bytes) => answerGuess(bytes.toString(), response))
      // If the caller disconnects, no response is needed.
      .catch(() => undefined);
  });
});
after(() => service.stop());
beforeEach(() => {
  asked = [];
});

function answerGuess(text: string, response: ServerResponse): void {
  asked.push(text);
  // The caller of this one does not wait for an answer.
  if (text.includes(vanishing)) return;
  const { status, headers, body } = text.includes(right) ? v3Answer() : answerOf(401, { error: { code: 401 } });
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
}

/** Run a test with a gateway of its own, which has counted no failure, and which takes the caller's address from its proxy. */
function guarded(title: string, act: () => Promise<void>): void {
  test(title, async () => {
    gateway = await startTestGateway(refusingUrl, {
      GATEWAY_UPSTREAM_PROFILE: 'nova',
      GATEWAY_IDENTITY_URL: service.url,
      GATEWAY_IDENTITY_FAILURES_MAX: String(most),
      GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
      GATEWAY_CONNECTIONS_MAX_PIPELINED: '1000',
    });
    try {
      await act();
    } finally {
      await gateway.stop();
    }
  });
}

function from(address: string, request: TestRequest): Promise<TestAnswer> {
  return call(gateway.url, { ...request, headers: { ...request.headers, 'X-Forwarded-For': address } });
}

const guess = (n: number, username = 'demo'): TestRequest => passwordLogin({ username, password: `guess ${n}` });

/** Assert that no more guesses reached the service than the limit, and those of the time that the test took: one in two seconds. */
function assertLimited(started: number): void {
  const refilled = Math.ceil((performance.now() - started) / (60_000 / most));
  const count = asked.filter((text) => text.includes('guess')).length;
  assert.ok(count >= most && count <= most + refilled, `${count} guesses, ${refilled} more allowed`);
}

// Guards: limitFailures, and limitedLogin, which counts a login before it is sent.
describe('whoever guesses passwords reaches the identity service at the rate of the limit', () => {
  guarded('10,000 guesses of one address, pipelined on 20 connections', async () => {
    const started = performance.now();
    const statuses = await Promise.all(Array.from({ length: 20 }, (_, n) => pipelined(n * 500, 500)));
    const all = statuses.flat();
    assert.equal(all.length, 10_000);
    assert.deepEqual(new Set(all), new Set([401, 429]));
    assertLimited(started);
    // Others are served: another user from another address, at once.
    const { status } = await from('203.0.113.9', passwordLogin({ username: 'other', password: right }));
    assert.equal(status, 200);
  });

  guarded('2,000 guesses for one user from 2,000 addresses, in parallel', async () => {
    const welcome = '198.51.100.7';
    assert.equal((await from(welcome, passwordLogin({ password: right }))).status, 200);
    const started = performance.now();
    for (let n = 0; n < 2000; n += 50) {
      const some = Array.from({ length: 50 }, (_, i) =>
        from(`10.1.${Math.floor((n + i) / 250)}.${(n + i) % 250}`, guess(n + i)),
      );
      for (const answer of await Promise.all(some)) readIdentityFault(answer);
    }
    assertLimited(started);
    // The user itself still logs in from the address from which it did before.
    assert.equal((await from(welcome, passwordLogin({ password: right }))).status, 200);
  });

  guarded('guesses for 200 users from one address', async () => {
    const started = performance.now();
    for (let n = 0; n < 200; n += 1) readIdentityFault(await from('10.2.0.1', guess(n, `user${n}`)));
    assertLimited(started);
  });

  guarded('guesses in every form of login, v3 among them', async () => {
    const started = performance.now();
    const forms: readonly ((n: number) => TestRequest)[] = [
      (n) => guess(n),
      (n) => ({ method: 'GET', path: '/v1.0', headers: { 'X-Auth-User': `user${n}`, 'X-Auth-Key': `guess ${n}` } }),
      (n) => ({
        path: '/v1.1/auth',
        headers: json,
        body: `{"credentials": {"username": "u${n}", "key": "guess ${n}"}}`,
      }),
      (n) => ({ path: '/v3/auth/tokens', headers: json, body: `{"auth": "guess ${n}"}` }),
      (n) => ({ path: '//v3//auth/tokens/?nocatalog', headers: json, body: `{"auth": "guess ${n}"}` }),
      (n) => ({ path: '/v3/users/u/password', headers: json, body: `{"user": "guess ${n}"}` }),
    ];
    for (let n = 0; n < 120; n += 1) await from('10.3.0.1', forms[n % forms.length]?.(n) ?? assert.fail());
    assertLimited(started);
    for (const form of forms) {
      const answer = await from('10.3.0.1', form(0));
      assert.equal(answer.status, 429);
      readIdentityFault(answer);
      assert.ok(Number(answer.headers['retry-after']) <= 60);
    }
  });

  guarded('callers that disconnect before the answer', async () => {
    const started = performance.now();
    for (let n = 0; n < 100; n += 1) await vanish(n);
    assert.equal((await from('127.0.0.1', guess(100))).status, 429);
    assertLimited(started);
  });

  guarded('logins that succeed count for nothing', async () => {
    for (let n = 0; n < 3 * most; n += 1) {
      const { status } = await from('10.4.0.1', passwordLogin({ password: right }));
      assert.equal(status, 200);
    }
  });
});

const json = { 'Content-Type': 'application/json' };

function bytesOf({ path, headers = {}, body = '' }: TestRequest): string {
  const fields = Object.entries({ ...headers, Host: 'gateway', 'Content-Length': String(body.length) });
  return `POST ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${String(body)}`;
}

/** Send guesses on one connection, without waiting for their answers. @returns the statuses */
function pipelined(first: number, count: number): Promise<number[]> {
  const { hostname, port } = new URL(gateway.url);
  const answered = new Promise<number[]>((resolve, reject) => {
    const statuses: number[] = [];
    let rest = '';
    const socket = connect(Number(port), hostname);
    socket.on('error', reject);
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (rest + text).split(/(?<=\n)/);
      rest = lines.at(-1)?.endsWith('\n') === false ? (lines.pop() ?? '') : '';
      for (const line of lines) {
        const status = /HTTP\/1\.1 (\d{3}) [A-Z]/.exec(line)?.[1];
        if (status !== undefined) statuses.push(Number(status));
      }
      if (statuses.length === count) socket.end(() => resolve(statuses));
    });
    socket.write(Array.from({ length: count }, (_, n) => bytesOf(guess(first + n, `user${n % 7}`))).join(''));
  });
  return inTime(answered, 'not all guesses are answered');
}

/** Send a guess, and reset the connection as soon as the service has it, or as it cannot have it. */
async function vanish(n: number): Promise<void> {
  const { hostname, port } = new URL(gateway.url);
  const known = asked.length;
  const socket = connect(Number(port), hostname, () => socket.write(bytesOf(guess(n, vanishing))));
  socket.on('error', () => undefined);
  const answered = new Promise((resolve) => socket.once('data', resolve));
  while (asked.length === known && !(await Promise.race([answered.then(() => true), turn()])));
  socket.resetAndDestroy();
}

const turn = (): Promise<boolean> => new Promise((resolve) => setImmediate(resolve, false));
