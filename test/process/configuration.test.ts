import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { namedSettings } from '../../src/config/named-settings.ts';
import { call } from '../support/http.ts';
import { serving, spawnGateway } from './gateway-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Run the process until it exits by itself. */
async function run(
  settings: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const gateway = spawnGateway(settings, ...flags);
  try {
    const code = await gateway.ended();
    return { code, stdout: gateway.stdout(), stderr: gateway.stderr() };
  } finally {
    gateway.kill();
  }
}

const upstream = { GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1', GATEWAY_UPSTREAM_PROFILE: 'nova' };

describe('the configuration', () => {
  test('without an upstream exits with 2 and names the setting', async () => {
    const { code, stdout, stderr } = await run({});
    assert.equal(code, 2, stderr);
    assert.match(stderr, /GATEWAY_UPSTREAM_URL is not set/);
    assert.doesNotMatch(stderr, /^\s+at /m);
    assert.equal(stdout, '');
  });

  test('without a profile exits with 2, and helps to choose one', async () => {
    const { code, stdout, stderr } = await run({ GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1' });
    assert.equal(code, 2, stderr);
    assert.match(
      stderr,
      /GATEWAY_UPSTREAM_PROFILE is not set; it must be one of nova, ecs.* nova: .*OpenStack.* ecs: /,
    );
    assert.equal(stdout, '');
  });

  test('without a profile is good so far for --check, which warns of it', async () => {
    const { code, stdout, stderr } = await run({ GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1' }, '--check');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^A start needs one more setting: GATEWAY_UPSTREAM_PROFILE is not set; [^\n]*\n$/);
    assert.equal(stdout, 'The configuration is good so far.\n');
  });

  test('without a profile and with a mistake: --check names both and exits with 2', async () => {
    const settings = { GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1', GATEWAY_PORT: 'x' };
    const { code, stderr } = await run(settings, '--check');
    assert.equal(code, 2);
    assert.match(stderr, /GATEWAY_PORT is "x".*\n.*GATEWAY_UPSTREAM_PROFILE is not set/);
  });

  test('reports all mistakes at once: the setting, the value, and what is allowed', async () => {
    const { code, stderr } = await run({
      GATEWAY_PORT: 'eighty',
      GATEWAY_UPSTREAM_PROFILE: 'aws',
      GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '-1',
      GATEWAY_PERSONALITY_PERMISSIONS: '999',
      GATEWAY_PUBLIC_URL: 'ftp://x',
    });
    assert.equal(code, 2);
    for (const [name, value, allowed] of [
      ['GATEWAY_PORT', '"eighty"', 'a whole number from 0 to 65535'],
      ['GATEWAY_UPSTREAM_PROFILE', '"aws"', 'one of nova, ecs'],
      ['GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS', '"-1"', 'a whole number from 1 to 600000'],
      ['GATEWAY_PERSONALITY_PERMISSIONS', '"999"', 'an octal mode'],
      ['GATEWAY_PUBLIC_URL', '"ftp://x"', 'an http or https URL'],
    ] as const) {
      const line = stderr.split('\n').find((candidate) => candidate.includes(`${name} `));
      assert.ok(line?.includes(value) === true && line.includes(allowed), `${name}: ${stderr}`);
    }
    assert.match(stderr, /GATEWAY_UPSTREAM_URL is not set/);
  });

  test('does not repeat credentials of an upstream URL that is refused', async () => {
    const { code, stderr } = await run({ GATEWAY_UPSTREAM_URL: 'https://user:canary-password@cloud.example' });
    assert.equal(code, 2);
    assert.doesNotMatch(stderr, /canary-password/);
  });

  test('serve --help, which is npm start -- --help, lists every setting in its group, in 80 columns, and exits with 0', async () => {
    const { code, stdout } = await run({}, 'serve', '--help');
    assert.equal(code, 0);
    const text = stdout.replace(/\s+/g, ' ');
    for (const { environmentName, path, setting, group } of namedSettings) {
      assert.ok(text.includes(` ${environmentName} (${path.join('.')}) ${setting.help} `), environmentName);
      assert.ok(stdout.includes(`\n${group}:\n`), group);
    }
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
    for (const name of [
      'GATEWAY_CONFIG',
      'GATEWAY_HOST',
      'GATEWAY_PORT',
      'GATEWAY_ADMIN_HOST',
      'GATEWAY_ADMIN_PORT',
      'GATEWAY_UPSTREAM_URL',
      'GATEWAY_UPSTREAM_PROFILE',
      'GATEWAY_PUBLIC_URL',
      'GATEWAY_REPLY_DEFAULT',
      'GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS',
      'GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS',
    ]) {
      assert.ok(stdout.includes(name), name);
    }
  });

  test('has the defaults that the issue gives', () => {
    const defaults = Object.fromEntries(
      namedSettings.map(({ environmentName, setting }) => [environmentName, setting.default]),
    );
    assert.deepEqual(
      [
        'GATEWAY_HOST',
        'GATEWAY_PORT',
        'GATEWAY_ADMIN_PORT',
        'GATEWAY_REPLY_DEFAULT',
        'GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS',
        'GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS',
      ].map((name) => defaults[name]),
      ['127.0.0.1', 8774, 9774, 'caller', 5000, 120_000],
    );
  });

  test('--version, and -v, print the version of the package', async () => {
    for (const flag of ['--version', '-v'])
      assert.deepEqual(await run({}, flag), { code: 0, stdout: '0.1.0\n', stderr: '' });
  });

  test('-h prints the help', async () => {
    const { code, stdout } = await run({}, 'serve', '-h');
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: npm start/);
  });

  for (const [flags, sentence] of [
    [['--port=1'], '--port is not an option: settings are environment variables, such as GATEWAY_PORT.'],
    [
      ['--upstream-url', 'https://x'],
      '--upstream-url is not an option: settings are environment variables, such as GATEWAY_UPSTREAM_URL.',
    ],
    [['--config', 'nova.json'], '--config is not an option: set GATEWAY_CONFIG to name the configuration file.'],
    [['config/nova.json'], 'config/nova.json is not an option: set GATEWAY_CONFIG to name the configuration file.'],
    [['--check=yes'], '--check has no value.'],
    [['-x'], '-x is not an option.'],
    [['serve', 'start'], 'start is not an option.'],
  ] as const) {
    test(`the command line ${flags.join(' ')}: ${sentence}`, async () => {
      const { code, stderr } = await run(upstream, ...flags);
      assert.equal(code, 2);
      assert.equal(stderr, `${sentence} The options are --help, --version, --check, --reach, --health.\n`);
    });
  }

  test('--check of a good configuration exits with 0 and does not listen', async () => {
    const { code, stdout, stderr } = await run(upstream, '--check');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /good/);
  });

  test('--check warns of a variable that is no setting', async () => {
    assert.deepEqual(await run({ ...upstream, GATEWAY_WORKRES: '2' }, '--check'), {
      code: 0,
      stdout: 'The configuration is good.\n',
      stderr: 'Unknown settings are ignored: GATEWAY_WORKRES.\n',
    });
  });

  test('settings that contradict each other exit with 2, in a check and in a start', async () => {
    const settings = { ...upstream, GATEWAY_ADMIN_PORT: '8774', GATEWAY_TLS_KEY_FILE: '/key.pem' };
    for (const flags of [['--check'], []]) {
      const { code, stdout, stderr } = await run(settings, ...flags);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /GATEWAY_ADMIN_PORT is 8774 and GATEWAY_PORT is 8774 .*\n.*GATEWAY_TLS_CERT_FILE is not set/,
      );
    }
  });

  test('a setting without an effect is a warning of --check, and of the log at the start', async () => {
    const settings = { GATEWAY_TLS_MIN_VERSION: 'TLSv1.3' };
    const { code, stdout, stderr } = await run({ ...upstream, ...settings }, '--check');
    assert.deepEqual([code, stdout], [0, 'The configuration is good.\n']);
    assert.match(stderr, /^GATEWAY_TLS_MIN_VERSION is "TLSv1.3", and GATEWAY_TLS_CERT_FILE is not set; [^\n]*\n$/);
    const gateway = spawnGateway(serving('http://127.0.0.1:1', settings));
    try {
      await gateway.ready();
      const line = gateway.lines().find(({ message }) => message === 'a setting has no effect');
      assert.deepEqual([line?.['level'], line?.['why']], ['warn', stderr.trimEnd()]);
    } finally {
      gateway.kill();
    }
  });

  test('--check of a bad one exits with 2', async () => {
    const { code, stderr } = await run({}, '--check');
    assert.equal(code, 2);
    assert.match(stderr, /GATEWAY_UPSTREAM_URL/);
  });

  test('an unknown option or an argument exits with 2 and names the options', async () => {
    for (const flags of [
      ['--port=1'],
      ['constructor'],
      ['__proto__'],
      ['--version', 'bogus'],
      ['--check=yes'],
      // Only a primary may start a process with it.
      ['--worker'],
    ]) {
      const { code, stdout, stderr } = await run(upstream, ...flags);
      assert.equal(code, 2, flags.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /--help/);
    }
  });
});

describe('a secret in a file', () => {
  const secret = 'http://me:canary-password@127.0.0.1:3128';

  for (const workers of ['1', '2'])
    test(`is used, and shown by no line of the log, with workers at ${workers}`, async () => {
      const GATEWAY_UPSTREAM_PROXY_FILE = file('proxy', `${secret}\n`);
      const settings = { GATEWAY_UPSTREAM_PROXY_FILE, GATEWAY_WORKERS: workers };
      const gateway = spawnGateway(serving('http://127.0.0.1:1', settings));
      try {
        const { adminUrl } = await gateway.ready();
        const line = gateway.lines().find(({ message }) => message === 'the cloud is reached through a proxy');
        assert.deepEqual([line?.['proxy'], line?.['from']], ['http://127.0.0.1:3128', 'upstream.proxy']);
        const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
        assert.doesNotMatch(gateway.stdout() + gateway.stderr() + body, /canary|GATEWAY_UPSTREAM_PROXY_FILE/);
      } finally {
        gateway.kill();
      }
    });

  test('is shown by neither --check nor --help, and its variable is a setting', async () => {
    const settings = { ...upstream, GATEWAY_UPSTREAM_PROXY_FILE: file('proxy', secret) };
    const checked = await run(settings, '--check');
    assert.deepEqual(checked, { code: 0, stdout: 'The configuration is good.\n', stderr: '' });
    const { stdout } = await run(settings, 'serve', '--help');
    assert.doesNotMatch(stdout, /canary/);
    const both = await run({ ...settings, GATEWAY_UPSTREAM_PROXY: secret }, '--check');
    assert.equal(both.code, 2);
    assert.doesNotMatch(both.stderr, /canary/);
  });

  test('of a setting that is no secret is a warning', async () => {
    const { code, stderr } = await run({ ...upstream, GATEWAY_PORT_FILE: '/run/secrets/port' }, '--check');
    assert.equal(code, 0);
    assert.match(stderr, /no secrets, so they are not read from a file: GATEWAY_PORT_FILE\./);
  });
});

test('--check warns of a proxy that the settings do not mean', async () => {
  const wanted = { ...upstream, GATEWAY_UPSTREAM_PROXY: 'environment' };
  assert.match((await run(wanted, '--check')).stderr, /^GATEWAY_UPSTREAM_PROXY: .* without a proxy/);
  const unused = { ...upstream, http_proxy: 'http://me:canary@proxy' };
  const { code, stderr } = await run(unused, '--check');
  assert.equal(code, 0);
  assert.match(stderr, /^GATEWAY_UPSTREAM_PROXY: the environment names a proxy, which is not used/);
  assert.doesNotMatch(stderr, /canary/);
});

describe('the configuration file', () => {
  test('with an unknown key: the key and the known ones are named', async () => {
    const path = file('unknown.json', '{"upstream": {"url": "http://127.0.0.1:1", "profil": "nova"}, "ports": 1}');
    const { code, stderr } = await run({ GATEWAY_CONFIG: path }, '--check');
    assert.equal(code, 2);
    assert.match(stderr, /upstream\.profil is not a setting.*profile/);
    assert.match(stderr, /ports is not a setting.*port/);
  });

  test('with a wrong value: it is named by its path in the file', async () => {
    const path = file('wrong.json', '{"upstream": {"url": "http://127.0.0.1:1"}, "port": "x", "admin": []}');
    const { code, stderr } = await run({ GATEWAY_CONFIG: path }, '--check');
    assert.equal(code, 2);
    assert.match(stderr, /port is "x"; it must be a whole number/);
    assert.match(stderr, /admin is an array; it must be an object/);
  });

  for (const [what, content] of Object.entries({ 'is no JSON': '{', 'is no object': '[]', 'is null': 'null' })) {
    test(`that ${what} makes the process exit with 2`, async () => {
      const { code, stderr } = await run({ ...upstream, GATEWAY_CONFIG: file('broken.json', content) }, '--check');
      assert.equal(code, 2);
      assert.doesNotMatch(stderr, /^\s+at /m);
    });
  }

  test('that is missing makes the process exit with 2, and is named', async () => {
    const { code, stderr } = await run({ ...upstream, GATEWAY_CONFIG: join(folder, 'missing.json') }, '--check');
    assert.equal(code, 2);
    assert.match(stderr, /GATEWAY_CONFIG.*missing\.json/);
  });

  test('is overridden by the environment, setting by setting', async () => {
    const path = file(
      'good.json',
      '{"port": 0, "admin": {"port": 0}, "upstream": {"url": "http://127.0.0.1:1", "profile": "nova"}, "trusted": {"proxies": ["loopback"]}}',
    );
    for (const [profile, settings] of [
      ['nova', {}],
      ['ecs', { GATEWAY_UPSTREAM_PROFILE: 'ecs' }],
    ] as const) {
      const gateway = spawnGateway({ GATEWAY_CONFIG: path, ...settings });
      try {
        await gateway.ready();
        assert.equal(gateway.lines().find(({ message }) => message === 'ready')?.['profile'], profile);
      } finally {
        gateway.kill();
      }
    }
  });

  test('an unknown variable that begins as settings do is named in the log', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_PROT: '1' }));
    try {
      await gateway.ready();
      assert.match(gateway.stdout(), /GATEWAY_PROT/);
    } finally {
      gateway.kill();
    }
  });
});

describe('a port that is in use', () => {
  for (const name of ['GATEWAY_PORT', 'GATEWAY_ADMIN_PORT']) {
    test(`for ${name} makes the process exit with 2 and is named by its address`, async () => {
      const holder = createServer();
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      // The address of a server that listens on a port is an AddressInfo.
      const { port } = holder.address() as AddressInfo;
      try {
        const { code, stderr } = await run(serving('http://127.0.0.1:1', { [name]: String(port) }));
        assert.match(stderr, new RegExp(`127\\.0\\.0\\.1:${port}.*EADDRINUSE`));
        assert.doesNotMatch(stderr, /^\s+at /m);
        assert.equal(code, 2);
      } finally {
        await new Promise((resolve) => holder.close(resolve));
      }
    });
  }
});

describe('the admin port', () => {
  // Holds admin.host in gateway.ts.
  test('listens on its own address only', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_ADMIN_HOST: '127.0.0.2' }));
    try {
      const { adminUrl, url } = await gateway.ready();
      assert.match(adminUrl, /^http:\/\/127\.0\.0\.2:/);
      assert.match(url, /^http:\/\/127\.0\.0\.1:/);
      assert.equal((await call(adminUrl, { method: 'GET', path: '/readyz' })).status, 200);
      await assert.rejects(
        call(adminUrl.replace('127.0.0.2', '127.0.0.1'), { method: 'GET', path: '/readyz' }),
        /ECONNREFUSED/,
      );
    } finally {
      gateway.kill();
    }
  });

  test('serves /livez, /readyz and /healthcheck without a cloud, and 404 for other paths', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1'));
    try {
      const { adminUrl, url } = await gateway.ready();
      for (const path of ['/livez', '/readyz', '/healthcheck', '/readyz?verbose']) {
        assert.equal((await call(adminUrl, { method: 'GET', path })).status, 200, path);
      }
      for (const path of ['/', '/metric', '/v2/p/servers', '/constructor']) {
        assert.equal((await call(adminUrl, { method: 'GET', path })).status, 404, path);
      }
      assert.notEqual(url, adminUrl);
    } finally {
      gateway.kill();
    }
  });
});
