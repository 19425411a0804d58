// Holds src/process/reach/cloud-steps.ts and its call in src/main.ts: --check --reach asks the cloud, step by step.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { after, describe, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { findAddresses } from '../../src/process/reach/connect-steps.ts';
import { tlsMend } from '../../src/process/reach/tls-step.ts';
import { makeCertificates, startTlsCloud } from '../promises/certificates.ts';
import { startTestGateway } from '../support/gateway.ts';
import { startScriptedCloud, type Scripted } from '../support/scripted-cloud.ts';
import { spawnGateway } from './gateway-process.ts';
import { reach, type Reached } from './run-reach.ts';

const json = { 'Content-Type': 'application/json' };
const html = { 'Content-Type': 'text/html' };
const nova = '{"version":{"id":"v2.1","version":"2.93","min_version":"2.1"}}';

/** Reach a cloud that answers so; the requests that it received come along. */
async function reachScripted(
  profile: string | undefined,
  prefix: string,
  ...answers: readonly Scripted[]
): Promise<Reached & { readonly received: readonly string[] }> {
  const cloud = await startScriptedCloud(...answers);
  try {
    const reached = await reach({
      GATEWAY_UPSTREAM_URL: cloud.url + prefix,
      ...(profile !== undefined && { GATEWAY_UPSTREAM_PROFILE: profile }),
    });
    assert.ok(cloud.received.every(({ headers }) => headers['x-auth-token'] === undefined));
    return { ...reached, received: cloud.received.map(({ method, path }) => `${method} ${path}`) };
  } finally {
    await cloud.stop();
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    // A server that listens on a port has such an address.
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

describe('--check --reach', () => {
  test('is 0 for a Nova and the profile nova: a line for each step, one request', async () => {
    const { code, lines, received, stderr } = await reachScripted('nova', '', {
      status: 200,
      headers: json,
      body: nova,
    });
    assert.equal(code, 0, stderr);
    assert.deepEqual(received, ['GET /v2.1/']);
    assert.match(
      lines.join('\n'),
      /^ok +DNS +127\.0\.0\.1 is an address\.\nok +TCP +connected to 127\.0\.0\.1 port \d+\.\nok +versions +This is a Nova up to 2\.93\.\nok +profile +the profile nova fits\.$/,
    );
  });

  test('asks the cloud of each region, and a failure of one does not hide the next', async () => {
    const answer = { status: 200, headers: json, body: nova };
    const clouds = await Promise.all([
      startScriptedCloud(answer),
      startScriptedCloud(answer),
      startScriptedCloud(answer),
    ]);
    const [home, wrong, good] = clouds.map(({ url }) => url);
    try {
      const { code, lines } = await reach({
        GATEWAY_UPSTREAM_URL: home ?? '',
        GATEWAY_UPSTREAM_PROFILE: 'nova',
        GATEWAY_REGIONS: JSON.stringify({
          Wrong: { url: wrong, profile: 'ecs' },
          Good: { url: good, profile: 'nova' },
        }),
      });
      assert.equal(code, 2);
      assert.equal(lines.length, 12);
      assert.match(lines[3] ?? '', /^ok +profile +the profile nova fits\.$/);
      assert.match(lines[7] ?? '', /^failed +profile +Wrong: your profile is ecs: set regions\.Wrong\.profile=nova\.$/);
      assert.match(lines[11] ?? '', /^ok +profile +Good: the profile nova fits\.$/);
      for (const { received } of clouds)
        assert.deepEqual(
          received.map(({ path }) => path),
          ['/v2.1/'],
        );
    } finally {
      for (const cloud of clouds) await cloud.stop();
    }
  });

  test('is 2 for a Nova and the profile ecs, and names the variable to set', async () => {
    const { code, lines } = await reachScripted('ecs', '/compute', { status: 200, headers: json, body: nova });
    assert.equal(code, 2);
    assert.match(lines[2] ?? '', /^ok +versions +This is a Nova up to 2\.93\.$/);
    assert.match(lines[3] ?? '', /^failed +profile +your profile is ecs: set GATEWAY_UPSTREAM_PROFILE=nova\.$/);
  });

  test('is 0 without a profile, and says which fits', async () => {
    const { code, lines } = await reachScripted(undefined, '', { status: 200, headers: json, body: nova });
    assert.equal(code, 0);
    assert.match(lines[3] ?? '', /^ok +profile +set GATEWAY_UPSTREAM_PROFILE=nova\.$/);
  });

  for (const status of [401, 404]) {
    test(`is 0 for the profile ecs where the paths are answered with ${status} in JSON, below the prefix`, async () => {
      const answer = { status, headers: json, body: '{"error_msg":"no"}' };
      const { code, lines, received } = await reachScripted('ecs', '/ecs', answer);
      assert.equal(code, 0);
      assert.deepEqual(received, ['GET /ecs/v2.1/', 'GET /ecs/']);
      assert.match(lines[2] ?? '', new RegExp(`^ok .*no versions document \\(${status}\\): an ECS-like API or`));
    });
  }

  test('is 2 for a page of another service', async () => {
    const { code, lines } = await reachScripted('ecs', '', { status: 200, headers: html, body: '<html></html>' });
    assert.equal(code, 2);
    assert.match(lines[2] ?? '', /^failed +versions .*another service\.$/);
    assert.match(lines[3] ?? '', /^failed +profile +check that GATEWAY_UPSTREAM_URL is/);
  });

  test('is 2 for an answer without an end that is longer than any versions document', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900000000\r\n\r\n');
      socket.write(Buffer.alloc(200_000, 0x20));
    });
    const port = await listening(server);
    try {
      const url = `http://127.0.0.1:${port}`;
      const { code, lines } = await reach({ GATEWAY_UPSTREAM_URL: url, GATEWAY_UPSTREAM_PROFILE: 'nova' });
      assert.equal(code, 2);
      assert.match(lines[2] ?? '', /^failed +versions .*another service/);
    } finally {
      server.close();
    }
  });

  test('is 2 in bounded time for silence', async () => {
    const server = createServer((socket) => void socket.on('error', () => undefined));
    const port = await listening(server);
    const silent = { GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '300' };
    try {
      const plain = await reach({ ...silent, GATEWAY_UPSTREAM_URL: `http://127.0.0.1:${port}` });
      assert.equal(plain.code, 2);
      assert.match(plain.lines[2] ?? '', /^failed +versions +no answer within 300 ms/);
      const secure = await reach({ ...silent, GATEWAY_UPSTREAM_URL: `https://127.0.0.1:${port}` });
      assert.equal(secure.code, 2);
      assert.match(secure.lines[2] ?? '', /^failed +TLS +no handshake within 300 ms/);
    } finally {
      server.close();
    }
  });

  test('is 2 for a port that refuses, and ends there', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const url = `http://127.0.0.1:${port}`;
    const { code, lines } = await reach({ GATEWAY_UPSTREAM_URL: url, GATEWAY_UPSTREAM_PROFILE: 'nova' });
    assert.equal(code, 2);
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', /^failed +TCP .*ECONNREFUSED.*check GATEWAY_UPSTREAM_URL/);
  });

  test('is 2 for a host without an address', async () => {
    const settings = { GATEWAY_UPSTREAM_URL: 'http://cloud.invalid', GATEWAY_UPSTREAM_PROFILE: 'nova' };
    const { code, lines } = await reach(settings);
    assert.equal(code, 2);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^failed +DNS +.*cloud\.invalid/);
  });

  test('is 2 for an answer whose Via names a gateway', async () => {
    const detour = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        const body = '{}';
        socket.end(
          `HTTP/1.1 404 Not Found\r\nVia: 1.1 legacy-compute-gateway-0123456789ab\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
      });
    });
    const port = await listening(detour);
    try {
      const url = `http://127.0.0.1:${port}`;
      const { code, lines } = await reach({ GATEWAY_UPSTREAM_URL: url, GATEWAY_UPSTREAM_PROFILE: 'ecs' });
      assert.equal(code, 2);
      assert.match(lines[2] ?? '', /^failed +versions .*a loop\. Set GATEWAY_UPSTREAM_URL/);
    } finally {
      detour.close();
    }
  });
});

test('--reach finds a loop by the fault of the gateway that leads to itself', async () => {
  // A server that sends each connection on to the gateway, whose cloud it is: both ports must be known before the other's.
  let target = 0;
  const relay = createServer((socket) => {
    const onward = connect(target, '127.0.0.1');
    socket.on('error', () => undefined).pipe(onward);
    onward.on('error', () => undefined).pipe(socket);
  });
  const port = await listening(relay);
  const gateway = await startTestGateway(`http://127.0.0.1:${port}`);
  target = Number(new URL(gateway.url).port);
  try {
    const url = `http://127.0.0.1:${port}`;
    const { code, lines } = await reach({ GATEWAY_UPSTREAM_URL: url, GATEWAY_UPSTREAM_PROFILE: 'nova' });
    assert.equal(code, 2);
    assert.match(lines[2] ?? '', /^failed +versions .*a loop/);
  } finally {
    await gateway.stop();
    relay.close();
  }
});

test('an address that is the port of the gateway is a loop, whatever its name', async () => {
  const settings = {
    GATEWAY_UPSTREAM_URL: 'http://cloud.example',
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_PORT: '18999',
  };
  const config = loadConfig({ ...settings, GATEWAY_HOST: '0.0.0.0' });
  const target = { host: 'localhost', setting: 'upstream.url', timeoutMs: 5000 };
  const own = await findAddresses({ ...target, port: 18_999 }, config);
  assert.equal(own.isOk, false);
  assert.match(own.text, /a loop\. Set upstream\.url/);
  assert.equal((await findAddresses({ ...target, port: 18_998 }, config)).isOk, true);
});

/** Reach a cloud that has this certificate. */
async function reachTls(
  issued: { certFile: string; keyFile: string },
  settings: Readonly<Record<string, string>> = {},
): Promise<Reached & { readonly received: readonly string[] }> {
  const cloud = await startTlsCloud({ cert: readFileSync(issued.certFile), key: readFileSync(issued.keyFile) });
  try {
    const common = { GATEWAY_UPSTREAM_URL: cloud.url, GATEWAY_UPSTREAM_PROFILE: 'ecs' };
    return { ...(await reach({ ...common, ...settings })), received: cloud.received };
  } finally {
    await cloud.stop();
  }
}

describe('--check --reach over TLS', () => {
  const certificates = makeCertificates();
  after(() => certificates.remove());
  const authority = certificates.authority('Own Authority');

  const known = { GATEWAY_UPSTREAM_TLS_CA_FILE: authority.certFile };

  test('tells protocol, subject and expiry of a certificate that is good', async () => {
    const { code, lines } = await reachTls(certificates.issue(authority, 'cloud', { days: 40 }), known);
    assert.equal(code, 0, lines.join('\n'));
    assert.match(
      lines[2] ?? '',
      /^ok +TLS +TLSv1\.3, certificate cloud, until \d{4}-\d\d-\d\d \((?:39|40) days left\)\.$/,
    );
  });

  test('tells that it expires soon', async () => {
    const { lines } = await reachTls(certificates.issue(authority, 'cloud', { days: 3 }), known);
    assert.match(lines[2] ?? '', /^ok .*days left: have it renewed soon/);
  });

  test('of an unknown authority names the setting, and sends no request', async () => {
    const { code, lines, received } = await reachTls(certificates.issue(authority, 'cloud'));
    assert.equal(code, 2);
    assert.match(lines[2] ?? '', /^failed +TLS .*certificate cloud.*GATEWAY_UPSTREAM_TLS_CA_FILE/);
    assert.equal(lines.length, 3);
    assert.deepEqual(received, []);
  });

  test('of an unknown authority is passed with verify=off, and told', async () => {
    const settings = { GATEWAY_UPSTREAM_TLS_VERIFY: 'off' };
    const { code, lines } = await reachTls(certificates.issue(authority, 'cloud'), settings);
    assert.equal(code, 0);
    assert.match(lines[2] ?? '', /^ok +TLS .*not verified .*GATEWAY_UPSTREAM_TLS_VERIFY is off/);
  });

  test('that has expired says so', async () => {
    const { code, lines } = await reachTls(certificates.issue(authority, 'cloud', { days: -1 }), known);
    assert.equal(code, 2);
    assert.match(lines[2] ?? '', /^failed +TLS .*expired on \d.*CERT_HAS_EXPIRED.*renewed/);
  });

  test('for another host names its names and the setting', async () => {
    const issued = certificates.issue(authority, 'cloud', { names: 'DNS:cloud.example.com' });
    const { code, lines } = await reachTls(issued, known);
    assert.equal(code, 2);
    assert.match(lines[2] ?? '', /^failed +TLS .*DNS:cloud\.example\.com.*GATEWAY_UPSTREAM_TLS_SERVER_NAME/);
  });

  test('for another host that is set as the server name is good', async () => {
    const issued = certificates.issue(authority, 'cloud', { names: 'DNS:cloud.example.com' });
    const { code, lines } = await reachTls(issued, { ...known, GATEWAY_UPSTREAM_TLS_SERVER_NAME: 'cloud.example.com' });
    assert.equal(code, 0, lines.join('\n'));
  });

  test('of a port without TLS says so', async () => {
    const cloud = await startScriptedCloud({ status: 200 });
    try {
      const url = cloud.url.replace('http:', 'https:');
      const { code, lines } = await reach({ GATEWAY_UPSTREAM_URL: url, GATEWAY_UPSTREAM_PROFILE: 'ecs' });
      assert.equal(code, 2);
      assert.match(lines[2] ?? '', /^failed +TLS .*does not speak TLS/);
    } finally {
      await cloud.stop();
    }
  });
});

// The alerts of OpenSSL, as node names them: CERT_HAS_EXPIRED is about the cloud's certificate, these are about the gateway's.
test('an alert of the cloud about the client certificate names the setting of that', () => {
  for (const code of [
    'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED',
    'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REVOKED',
    'ERR_SSL_SSL/TLS_ALERT_UNSUPPORTED_CERTIFICATE',
  ])
    assert.match(tlsMend(code) ?? '', /refuses the client certificate: .*upstream\.tls\.certFile/);
  assert.match(tlsMend('CERT_HAS_EXPIRED') ?? '', /^the cloud's certificate/);
  assert.match(tlsMend('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA') ?? '', /or another one: set upstream\.tls\.certFile/);
});

test('--check --reach goes through the proxy that is set', async () => {
  const proxy = await startScriptedCloud({ status: 200, headers: json, body: nova });
  try {
    const settings = { GATEWAY_UPSTREAM_URL: 'http://cloud.invalid', GATEWAY_UPSTREAM_PROFILE: 'nova' };
    const { code, lines } = await reach({ ...settings, GATEWAY_UPSTREAM_PROXY: proxy.url });
    assert.equal(code, 0, lines.join('\n'));
    assert.deepEqual(
      proxy.received.map(({ path, headers }) => [path, headers.host]),
      [['http://cloud.invalid/v2.1/', 'cloud.invalid']],
    );
    const secure = await reach({
      ...settings,
      GATEWAY_UPSTREAM_URL: 'https://cloud.invalid',
      GATEWAY_UPSTREAM_PROXY: proxy.url,
    });
    assert.equal(secure.code, 2);
    assert.match(secure.lines[2] ?? '', /^failed +TLS .*PROXY_\w+.*check GATEWAY_UPSTREAM_PROXY/);
  } finally {
    await proxy.stop();
  }
});

test('--reach without --check says how', async () => {
  const check = spawnGateway({}, '--reach');
  assert.equal(await check.ended(), 2);
  assert.equal(check.stderr(), '--reach belongs to --check: npm start -- --check --reach.\n');
});
