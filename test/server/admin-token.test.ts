// Guards: guard.ts, `proveByToken` of proofs.ts, and token-file.ts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readPrometheus } from '../promises/prometheus-text.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { bearer, callAdmin } from './admin-caller.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-admin-'));
after(() => rmSync(folder, { recursive: true }));

const token = 'CanaryToken0123456789/+_~.=-';
const renewed = 'RenewedCanary9876543210';

/** Write a file with this content. */
function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function metric(adminUrl: string, name: string): Promise<number | undefined> {
  const { body } = await callAdmin(adminUrl, '/metrics');
  return readPrometheus(body).get(name)?.samples[0]?.value;
}

describe('an admin port with a token', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await startTestGateway(refusingUrl, { GATEWAY_ADMIN_TOKEN_FILE: file('token', ` ${token}\r\n`) });
  });
  after(() => gateway.stop());

  test('shows health and metrics to everybody', async () => {
    for (const path of ['/livez', '/readyz', '/healthcheck', '/metrics', '/metrics?x=1'])
      assert.equal((await callAdmin(gateway.adminUrl, path)).status, 200, path);
  });

  test('shows nothing else without the token, not even what exists', async () => {
    for (const path of ['/config', '/config?x=1', '/', '/other', '/metrics/', '/livez/../config', '//config']) {
      const { status, headers, body } = await callAdmin(gateway.adminUrl, path);
      assert.deepEqual([path, status, headers['connection']], [path, 401, 'close']);
      assert.equal(headers['www-authenticate'], 'Bearer realm="legacy-compute-gateway admin"');
      assert.match(body, /^refused: send the token of admin\.tokenFile \(Authorization: Bearer TOKEN\)\n$/);
    }
  });

  test('shows it with the token, whose scheme may have any case', async () => {
    for (const headers of [bearer(token), { Authorization: `bearer  ${token}` }]) {
      assert.equal((await callAdmin(gateway.adminUrl, '/config', { headers })).status, 200);
      assert.equal((await callAdmin(gateway.adminUrl, '/config', { headers, method: 'HEAD' })).body, '');
      assert.equal((await callAdmin(gateway.adminUrl, '/other', { headers })).status, 404);
      assert.equal((await callAdmin(gateway.adminUrl, '/config', { headers, method: 'POST' })).status, 405);
    }
  });

  const guesses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a beginning of it': bearer(token.slice(0, -1)),
    'one that is longer': bearer(`${token}x`),
    'another case': bearer(token.toLowerCase()),
    'two tokens': { Authorization: `Bearer ${token} ${token}` },
    'another scheme': { Authorization: `Basic ${token}` },
    'no scheme': { Authorization: token },
    'no token': { Authorization: 'Bearer' },
    'a token of the cloud': { 'X-Auth-Token': token },
    'a cookie': { Cookie: `token=${token}` },
  };
  for (const [what, headers] of Object.entries(guesses)) {
    test(`refuses ${what}, counts it, and repeats none of it`, async () => {
      const counted = (await metric(gateway.adminUrl, 'gateway_admin_refused_total')) ?? 0;
      const reply = await callAdmin(gateway.adminUrl, '/config', { headers });
      assert.equal(reply.status, 401);
      assert.doesNotMatch(JSON.stringify(reply), /Canary/i);
      assert.equal(await metric(gateway.adminUrl, 'gateway_admin_refused_total'), counted + 1);
    });
  }

  test('says that a token is wrong only if there is one', async () => {
    const { headers } = await callAdmin(gateway.adminUrl, '/config', { headers: bearer('x') });
    assert.equal(headers['www-authenticate'], 'Bearer realm="legacy-compute-gateway admin", error="invalid_token"');
  });

  test('takes no token from the query', async () => {
    assert.equal((await callAdmin(gateway.adminUrl, `/config?access_token=${token}`)).status, 401);
  });

  test('has the token in no line of its log, no metric and no page', async () => {
    const { body: config } = await callAdmin(gateway.adminUrl, '/config', { headers: bearer(token) });
    const { body: metrics } = await callAdmin(gateway.adminUrl, '/metrics');
    assert.doesNotMatch(JSON.stringify(gateway.log) + config + metrics, /Canary/i);
  });
});

/** A gateway with a token file, the status of a token, and whether the last reload was good. */
async function withToken(
  path: string,
  play: (
    gateway: TestGateway,
    statusOf: (each: string) => Promise<number>,
    isGood: () => Promise<number | undefined>,
  ) => Promise<void>,
): Promise<void> {
  const gateway = await startTestGateway(refusingUrl, { GATEWAY_ADMIN_TOKEN_FILE: path });
  try {
    await play(
      gateway,
      async (each) => (await callAdmin(gateway.adminUrl, '/config', { headers: bearer(each) })).status,
      () => metric(gateway.adminUrl, 'gateway_last_reload_successful'),
    );
    assert.doesNotMatch(JSON.stringify(gateway.log), /Canary/i);
  } finally {
    await gateway.stop();
  }
}

describe('the token', { concurrency: true }, () => {
  test('is read again at SIGHUP; with a file that cannot be used, nothing is', () => {
    const path = file('renewed', token);
    return withToken(path, async (gateway, statusOf, isGood) => {
      for (const unusable of ['', 'CanaryShort', `${renewed} ${renewed}`]) {
        writeFileSync(path, unusable);
        assert.equal(gateway.reload(), false);
        assert.deepEqual([await statusOf(token), await isGood()], [200, 0]);
      }
      rmSync(path);
      assert.equal(gateway.reload(), false);
      assert.deepEqual([await statusOf(token), await isGood()], [200, 0]);
      await gateway.logged('configuration not read again', 4);
      writeFileSync(path, renewed);
      assert.equal(gateway.reload(), true);
      await gateway.logged('admin token read again', 1);
      assert.deepEqual([await statusOf(token), await statusOf(renewed), await isGood()], [401, 200, 1]);
    });
  });

  test('is read again when its file changes; a file that cannot be used changes nothing, and shows in the log and the metrics', () => {
    const path = file('changed', token);
    return withToken(path, async (gateway, statusOf, isGood) => {
      writeFileSync(path, 'CanaryShort');
      await gateway.logged('admin token cannot be read', 1);
      assert.deepEqual([await statusOf(token), await isGood()], [200, 0]);
      writeFileSync(path, renewed);
      await gateway.logged('admin token read again', 1);
      assert.deepEqual([await statusOf(token), await statusOf(renewed), await isGood()], [401, 200, 1]);
    });
  });

  test('is read from another file that a reload names, which is watched from then on', () => {
    const [former, next] = [file('former', token), file('next', renewed)];
    return withToken(former, async (gateway, statusOf) => {
      assert.equal(gateway.reload({ GATEWAY_ADMIN_TOKEN_FILE: next }), true);
      assert.deepEqual([await statusOf(token), await statusOf(renewed)], [401, 200]);
      writeFileSync(next, token);
      await gateway.logged('admin token read again', 2);
      assert.deepEqual([await statusOf(token), await statusOf(renewed)], [200, 401]);
    });
  });
});

describe('a token file that cannot be used is no start', () => {
  const unusable: Readonly<Record<string, readonly [path: string, told: string]>> = {
    'one that is missing': [join(folder, 'missing'), 'There is no such file (ENOENT)'],
    'a folder': [folder, 'It is no regular file'],
    'an empty one': [file('empty', ''), 'It is empty'],
    'one of white space': [file('white', ' \n\t\n'), 'It is empty'],
    'a short token': [file('short', 'Canary012345678\n'), 'The token has fewer than 16 characters'],
    'a long token': [file('long', 'Canary'.repeat(700)), 'The token has more than 4096 characters'],
    'two lines': [
      file('lines', `${token}\n${token}\n`),
      'The token has white space or other characters that no header field takes',
    ],
    'letters that no header field has': [
      file('letters', `Canary-${'ü'.repeat(20)}`),
      'The token has white space or other characters that no header field takes',
    ],
  };
  for (const [what, [path, told]] of Object.entries(unusable)) {
    test(what, () =>
      assert.rejects(startTestGateway(refusingUrl, { GATEWAY_ADMIN_TOKEN_FILE: path }), (error: Error) => {
        assert.equal(
          error.message,
          `admin.tokenFile is "${path}"; it must be the path of a file with a token of 16 to 4096 characters. ${told}. Make a token with: openssl rand -hex 32.`,
        );
        assert.doesNotMatch(error.message, /Canary/);
        return error.name === 'TokenFileError';
      }),
    );
  }
});
