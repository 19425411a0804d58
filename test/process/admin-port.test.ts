// Guards: `operatorMessage` and `checkConfig` of main.ts, `askHealth` of health.ts, `reloadOf` of single.ts and primary.ts, and
// `readAllResources` of resources.ts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { makeCertificates } from '../promises/certificates.ts';
import { bearer, callAdmin } from '../server/admin-caller.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';
import { withWorkers } from './workers.ts';

const certificates = makeCertificates();
const folder = mkdtempSync(join(tmpdir(), 'gateway-admin-'));
after(() => {
  certificates.remove();
  rmSync(folder, { recursive: true });
});
const authority = certificates.authority('operators');
const own = certificates.issue(authority, 'gateway');
const other = certificates.issue(authority, 'other');
const token = 'CanaryToken-of-operators';
const renewed = 'CanaryRenewed-of-operators';

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const secure = { GATEWAY_ADMIN_TLS_CERT_FILE: own.certFile, GATEWAY_ADMIN_TLS_KEY_FILE: own.keyFile };

describe(
  'files of the admin port that cannot be used end the process with 2 and one sentence',
  { concurrency: 2 },
  () => {
    const mistakes: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
      'a token file that is missing': [
        { GATEWAY_ADMIN_TOKEN_FILE: '/nowhere/token' },
        /^GATEWAY_ADMIN_TOKEN_FILE is "\/nowhere\/token"; .* There is no such file \(ENOENT\)\..*\n$/,
      ],
      // The message may not repeat it.
      'the token itself instead of its file': [
        { GATEWAY_ADMIN_TOKEN_FILE: 'Canary0123456789abcdef' },
        /^GATEWAY_ADMIN_TOKEN_FILE is "\*\*\*"; it must be the path .* There is no such file \(ENOENT\)\..*\n$/,
      ],
      'a short token': [
        { GATEWAY_ADMIN_TOKEN_FILE: file('short', 'Canary') },
        /^GATEWAY_ADMIN_TOKEN_FILE is "\S+"; .* The token has fewer than 16 characters\..*\n$/,
      ],
      'a certificate without a key': [
        { GATEWAY_ADMIN_TLS_CERT_FILE: own.certFile },
        /- GATEWAY_ADMIN_TLS_CERT_FILE is "\S+", and GATEWAY_ADMIN_TLS_KEY_FILE is not set; .*\n$/,
      ],
      'a key of another certificate': [
        { ...secure, GATEWAY_ADMIN_TLS_KEY_FILE: other.keyFile },
        /^GATEWAY_ADMIN_TLS_CERT_FILE, GATEWAY_ADMIN_TLS_KEY_FILE: \S+ is not the key of \S+\. .*\n$/,
      ],
      'authorities of clients without TLS': [
        { GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: authority.certFile },
        /- GATEWAY_ADMIN_TLS_CLIENT_CA_FILE is "\S+", and GATEWAY_ADMIN_TLS_CERT_FILE is not set; .*\n$/,
      ],
      'authorities of clients that are none': [
        { ...secure, GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: file('empty.pem', '') },
        /^GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: \S+ has no certificate, .* of the clients\.\n$/,
      ],
    };
    for (const [what, [settings, told]] of Object.entries(mistakes)) {
      for (const [how, flags, more] of [
        ['at a start', [], {}],
        ['with workers', [], { GATEWAY_WORKERS: '2' }],
        ['with --check', ['--check'], {}],
      ] as const) {
        test(`${what}, ${how}`, async () => {
          const gateway = spawnGateway(serving('http://127.0.0.1:1', { ...settings, ...more }), ...flags);
          assert.equal(await gateway.ended(), 2);
          assert.match(gateway.stderr(), told);
          assert.doesNotMatch(gateway.stderr() + gateway.stdout(), /Canary|PRIVATE/);
        });
      }
    }
  },
);

/** Run a gateway, and play with the addresses of its admin port. */
async function withGateway(
  settings: Readonly<Record<string, string>>,
  play: (adminUrl: string, gateway: GatewayProcess) => Promise<void>,
): Promise<void> {
  const gateway = spawnGateway(serving('http://127.0.0.1:1', settings));
  try {
    await play((await gateway.ready()).adminUrl, gateway);
  } finally {
    gateway.kill();
    await gateway.ended();
  }
}

describe('authorities that node trusts for other connections', { concurrency: true }, () => {
  const trusted = { NODE_EXTRA_CA_CERTS: authority.certFile };
  const client = certificates.issue(authority, 'client');
  const tokenFile = file('unused-token', token);
  const strangers = certificates.authority('strangers');
  for (const [what, settings] of Object.entries({
    'without authorities of clients': { GATEWAY_ADMIN_TOKEN_FILE: tokenFile },
    'with others': { GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: strangers.certFile },
  })) {
    test(`do not open the admin port, ${what}`, () =>
      withGateway({ ...secure, ...trusted, ...settings }, async (adminUrl) => {
        const { status } = await callAdmin(adminUrl, '/config', { client });
        assert.ok([401, 403].includes(status), `${status}`);
      }));
  }
});

/** Run the health check with these settings. @returns its exit code and its output */
async function health(settings: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  const check = spawnGateway(settings, '--health');
  return [await check.ended(), check.stdout() + check.stderr()];
}

describe('--health asks an admin port that speaks TLS', { concurrency: true }, () => {
  test('without a client certificate, and whatever its own certificate says', async () => {
    const files = certificates.issue(authority, 'gateway', { names: 'DNS:gateway.example.com', days: -1 });
    const settings = {
      GATEWAY_ADMIN_TLS_CERT_FILE: files.certFile,
      GATEWAY_ADMIN_TLS_KEY_FILE: files.keyFile,
      GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: authority.certFile,
    };
    await withGateway(settings, async (adminUrl) => {
      const { port } = new URL(adminUrl);
      assert.deepEqual(await health({ ...settings, GATEWAY_ADMIN_PORT: port }), [0, 'ok\n']);
      const path = file('health.json', `{"admin": {"port": ${port}, "tls": {"certFile": "${files.certFile}"}}}`);
      assert.deepEqual(await health({ GATEWAY_CONFIG: path }), [0, 'ok\n']);
    });
  });

  test('and says where it asked if that speaks plain HTTP', () =>
    withGateway({}, async (adminUrl) => {
      const { port } = new URL(adminUrl);
      const [code, text] = await health({ ...secure, GATEWAY_ADMIN_PORT: port });
      assert.equal(code, 1);
      assert.match(String(text), new RegExp(`^https://127\\.0\\.0\\.1:${port}/readyz does not answer \\(\\w+\\)\n$`));
    }));
});

describe('SIGHUP', { concurrency: true }, () => {
  for (const workers of ['1', '2']) {
    test(`makes a gateway of ${workers} read the token and the certificate of the admin port again`, async () => {
      const path = file(`token-${workers}`, token);
      const settings = { ...secure, GATEWAY_ADMIN_TOKEN_FILE: path, GATEWAY_WORKERS: workers };
      await withGateway(settings, async (adminUrl, gateway) => {
        const statusOf = async (each: string): Promise<number> =>
          (await callAdmin(adminUrl, '/config', { headers: bearer(each) })).status;
        assert.equal(await statusOf(token), 200);
        writeFileSync(path, renewed);
        gateway.child.kill('SIGHUP');
        await gateway.logged('admin token read again');
        await gateway.logged('certificate of the admin port read again');
        assert.deepEqual([await statusOf(token), await statusOf(renewed)], [401, 200]);
        writeFileSync(path, '');
        gateway.child.kill('SIGHUP');
        await gateway.logged('configuration not read again');
        assert.equal(await statusOf(renewed), 200);
        const { body } = await callAdmin(adminUrl, '/metrics');
        assert.match(body, /^gateway_last_reload_successful 0$/m);
        assert.match(body, /^gateway_certificate_expiry_timestamp_seconds\{certificate="admin"\} \d+$/m);
        assert.match(body, /^gateway_admin_refused_total 1$/m);
        assert.doesNotMatch(body + gateway.stdout() + gateway.stderr(), /Canary/);
        gateway.child.kill('SIGTERM');
        assert.equal(await gateway.ended(), 0);
      });
    });
  }
});

test('the page of a gateway with workers shows what the last signal made all of them use', async () => {
  const configuration = file('workers.json', '{"handling": "lenient"}');
  const settings = { GATEWAY_CONFIG: configuration, GATEWAY_ADMIN_TOKEN_FILE: file('page-token', token) };
  await withWorkers([0, 0], settings, async ({ gateway, adminUrl }) => {
    const shown = async (): Promise<readonly unknown[]> => {
      const { body } = await callAdmin(adminUrl, '/config', { headers: bearer(token) });
      const { settings: read } = JSON.parse(body) as { settings: Record<string, unknown> };
      return ['handling', 'host', 'workers'].map((name) => read[name]);
    };
    const workers = { value: 2, source: 'environment' };
    const host = { value: '127.0.0.1', source: 'default' };
    assert.deepEqual(await shown(), [{ value: 'lenient', source: 'file' }, host, workers]);
    writeFileSync(configuration, '{"handling": "strict", "host": "127.0.0.2"}');
    gateway.child.kill('SIGHUP');
    await gateway.logged('configuration read again');
    assert.deepEqual(await shown(), [{ value: 'strict', source: 'file' }, host, workers]);
    gateway.child.kill('SIGUSR2');
    await gateway.logged('workers restarted');
    assert.deepEqual(await shown(), [
      { value: 'strict', source: 'file' },
      { value: '127.0.0.2', source: 'file' },
      workers,
    ]);
  });
});

test('a worker that is lost is replaced though the token file has become unusable', async () => {
  const path = file('lost-token', token);
  await withWorkers([0, 0], { GATEWAY_ADMIN_TOKEN_FILE: path }, async ({ gateway, adminUrl, workers }) => {
    writeFileSync(path, '');
    process.kill([...workers().values()][0] ?? 0, 'SIGKILL');
    await gateway.logged('worker serves', 3);
    assert.equal((await callAdmin(adminUrl, '/config', { headers: bearer(token) })).status, 200);
  });
});

test('with several workers the console shows their sum, and how many serve', async () => {
  const settings = {
    GATEWAY_ADMIN_TOKEN_FILE: file('console-token', token),
    GATEWAY_LEDGER_STORE: `sqlite:${join(folder, 'ledger.db')}`,
  };
  await withWorkers([0, 0], settings, async ({ gateway, adminUrl, workers }) => {
    const shown = async (path: string): Promise<unknown> =>
      JSON.parse((await callAdmin(adminUrl, path, { headers: bearer(token) })).body);
    const view = (await shown('/api/gateway')) as Record<'workers' | 'profile' | 'version' | 'ledger', unknown>;
    assert.deepEqual(view.workers, { serving: 2, configured: 2, lost: 0 });
    assert.equal(view.profile, 'ecs');
    assert.match(String(view.version), /^\d/);
    const { store, keys, lost } = view.ledger as Record<string, unknown>;
    assert.deepEqual([store, keys, lost], ['sqlite', 0, 0]);
    const { limits } = (await shown('/api/limits')) as { limits: readonly { metric: string; limit: number }[] };
    // Twice the default of connections.max.
    assert.equal(limits.find(({ metric }) => metric === 'gateway_connections')?.limit, 20_000);
    process.kill([...workers().values()][0] ?? 0, 'SIGKILL');
    await gateway.logged('worker lost');
    const after = (await shown('/api/gateway')) as { workers: { lost: number } };
    assert.equal(after.workers.lost, 1);
  });
});
