import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { serving, spawnGateway, type GatewayProcess } from '../process/gateway-process.ts';
import { callAdmin, bearer } from '../server/admin-caller.ts';
import { drained, startLiveCloud, type LiveCloud } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { inTime } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { startSpanCollector, type SpanCollector } from '../support/span-collector.ts';
import { canaryServices, type AnswerLogin } from './canary-services.ts';
import { assertNoSecrets, canaryUser, loginWords, requestSecrets, secretLogins } from './secret-logins.ts';

/*
 * Send secrets in every place of a login through processes in front of every behaviour of an identity service, and search
 * everything that a process writes: log, metrics, spans, faults, notes, and the admin port. The guards: `secret: true` in the
 * descriptions of src/identity/messages, the fixed messages of src/identity/faults, shown-path.ts, access-log.ts, spans.ts.
 */

const folder = mkdtempSync(join(tmpdir(), 'gateway-login-'));
const adminToken = 'a-token-of-operators';
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, adminToken);

let service: LiveCloud;
let collector: SpanCollector;
let answerLogin: AnswerLogin | undefined;
const gateways = new Map<string, GatewayProcess>();
const urls = new Map<string, string>();
let sent = 0;

before(async () => {
  service = await startLiveCloud((request, response) => {
    drained(request)
      .then((bytes) => answerLogin?.(request, bytes.toString(), response))
      // If the caller disconnects, no response is needed.
      .catch(() => undefined);
  });
  collector = await startSpanCollector();
  const shared = {
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_IDENTITY_API_KEYS: 'password',
    GATEWAY_IDENTITY_FAILURES_MAX: '0',
    GATEWAY_IDENTITY_TIMEOUT_MS: '700',
    GATEWAY_ADMIN_TOKEN_FILE: tokenFile,
    GATEWAY_LOG_LEVEL: 'info',
    GATEWAY_SHUTDOWN_NOTICE_MS: '0',
  };
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  const kinds = {
    'with traces': { ...shared, ...traced, GATEWAY_IDENTITY_URL: service.url },
    'with names of users': { ...shared, GATEWAY_IDENTITY_URL: service.url, GATEWAY_IDENTITY_LOG_USERS: 'on' },
    'without a service': { ...shared, GATEWAY_IDENTITY_URL: refusingUrl },
    'without login': { ...shared, GATEWAY_IDENTITY_API_KEYS: 'refuse' },
  };
  for (const [name, settings] of Object.entries(kinds)) {
    const gateway = spawnGateway(serving(refusingUrl, settings));
    gateways.set(name, gateway);
    urls.set(name, (await gateway.ready()).url);
  }
});
after(async () => {
  for (const gateway of gateways.values()) gateway.kill();
  await service.stop();
  await collector.stop();
  rmSync(folder, { recursive: true });
});

/** Send every request to every gateway, and search the answers and the logs. */
async function playAll(): Promise<void> {
  const requests = Object.entries(secretLogins);
  sent += requests.length;
  for (const [name, url] of urls) {
    for (const [what, request] of requests) {
      // A forwarded answer that breaks off ends its connection.
      const answer = await call(url, request).catch(() => undefined);
      // Answers to calls of v3 are forwarded unchanged, so they may hold what the service wrote.
      const isPassed = what.includes('v3') && name !== 'without a service' && name !== 'without login';
      if (answer === undefined || isPassed) continue;
      const text = JSON.stringify(answer.headers) + answer.body;
      const where = `the answer ${name} to ${what}`;
      if (answer.status >= 300) assertNoSecrets(text, where);
      else
        for (const word of requestSecrets.filter((secret) => !isSubject(secret, what)))
          assert.ok(!text.includes(word), where);
    }
  }
  for (const [name, gateway] of gateways) {
    await inTime(gateway.logged('exchange', sent), `not ${sent} lines ${name}`);
    assertNoSecrets(
      gateway.stdout() + gateway.stderr(),
      `the log ${name}`,
      name === 'with names of users' ? [] : [canaryUser],
    );
  }
}

/** List the names of users in the log of a gateway. */
function usersOf(name: string): unknown[] {
  const lines = gateways.get(name)?.lines() ?? [];
  return lines.map((line) => line['user']).filter((user) => user !== undefined);
}

/** Tell the token that an answer shows because its caller asked about it. */
function isSubject(secret: string, what: string): boolean {
  return secret === loginWords.path && /^a validation|^endpoints|encoded path/.test(what);
}

describe('no secret of a login is seen by anybody but its caller', () => {
  for (const [what, answer] of Object.entries(canaryServices)) {
    test(`when the identity service ${what}`, async () => {
      answerLogin = answer;
      await playAll();
    });
  }

  test('in anything that the admin port shows', async () => {
    for (const [name, gateway] of gateways) {
      const { adminUrl } = await gateway.ready();
      for (const path of ['/metrics', '/livez', '/readyz', '/config', '/', `/${loginWords.path}`]) {
        const { status, headers, body } = await callAdmin(adminUrl, path, { headers: bearer(adminToken) });
        if (path === '/config') assert.equal(status, 200);
        assertNoSecrets(JSON.stringify(headers) + body, `${path} ${name}`);
        if (path === '/metrics' && name === 'with traces') assert.match(body, /^gateway_logins_total\{/m);
      }
    }
  });

  test('in spans', async () => {
    const gateway = gateways.get('with traces') ?? assert.fail();
    gateway.child.kill('SIGTERM');
    await gateway.ended();
    assert.ok(collector.spans.length > sent);
    const text = collector.text();
    assertNoSecrets(text, 'a span');
    assert.ok(text.includes('/v2.0/tokens/***'));
  });

  test('the names of users are in the log only where a setting says so, and only in their field', () => {
    assert.ok(usersOf('with names of users').includes(canaryUser));
    assert.deepEqual(usersOf('with traces'), []);
    for (const line of gateways.get('with names of users')?.lines() ?? [])
      assertNoSecrets(JSON.stringify({ ...line, user: undefined }), 'a line');
  });

  test('the processes write nothing to stderr, and no secret until their end', async () => {
    for (const gateway of gateways.values()) gateway.child.kill('SIGTERM');
    for (const [name, gateway] of gateways) {
      await gateway.ended();
      assert.equal(gateway.stderr(), '');
      assertNoSecrets(gateway.stdout(), `the log ${name}`, []);
    }
  });
});
