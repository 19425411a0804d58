// Holds src/process/reach/identity-steps.ts and src/identity/answer/identity-verdict.ts: --check --reach asks GET /v3, and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { makeCertificates, startTlsCloud } from '../promises/certificates.ts';
import { startScriptedCloud, type Scripted } from '../support/scripted-cloud.ts';
import { reach, type Reached } from './run-reach.ts';

const json = { 'Content-Type': 'application/json' };
const html = { 'Content-Type': 'text/html' };
const nova = { status: 200, headers: json, body: '{"version":{"id":"v2.1","version":"2.93"}}' };
const keystone = { status: 200, headers: json, body: '{"version": {"id": "v3.14", "status": "stable"}}' };
/** The answer of Keystone 2014.1 without v3, and of Keystone 22 to other paths than its own. */
const notFound = '{"error": {"message": "The resource could not be found.", "code": 404, "title": "Not Found"}}';

/** The line of the identity service, and all that was asked of it. */
interface IdentityReached extends Reached {
  readonly received: readonly string[];
}

/** Reach a Nova with an identity service that answers so, below a prefix. */
async function reachIdentityService(answer: Scripted, prefix = ''): Promise<IdentityReached> {
  const cloud = await startScriptedCloud(nova);
  const identity = await startScriptedCloud(answer);
  try {
    const reached = await reach({
      GATEWAY_UPSTREAM_URL: cloud.url,
      GATEWAY_UPSTREAM_PROFILE: 'nova',
      GATEWAY_IDENTITY_URL: identity.url + prefix,
    });
    for (const { headers, body } of identity.received)
      assert.deepEqual([headers['x-auth-token'], headers['authorization'], body.length], [undefined, undefined, 0]);
    return { ...reached, received: identity.received.map(({ method, path }) => `${method} ${path}`) };
  } finally {
    await cloud.stop();
    await identity.stop();
  }
}

test('--reach is 0 for an Identity v3: three more lines, one request without a token', async () => {
  const { code, lines, received, stderr } = await reachIdentityService(keystone, '/identity');
  assert.equal(code, 0, stderr);
  assert.deepEqual(received, ['GET /identity/v3']);
  assert.match(
    lines.slice(4).join('\n'),
    /^ok +DNS +127\.0\.0\.1 is an address\.\nok +TCP +connected to 127\.0\.0\.1 port \d+\.\nok +identity +This is Identity v3\.14\.$/,
  );
});

describe('--reach is 2, and says why, for', () => {
  for (const [name, answer, expected] of [
    [
      'a page',
      { status: 200, headers: html, body: '<html></html>' },
      /There is a page and no JSON \(200\).*GATEWAY_IDENTITY_URL/,
    ],
    ['a page without /v3', { status: 404, headers: html, body: '<html></html>' }, /a path above the identity service/],
    [
      'a service without /v3',
      { status: 404, headers: json, body: notFound },
      /There is no \/v3 \(404\): the service has only v2\.0, or/,
    ],
    [
      'Identity v2.0 only',
      { status: 300, headers: json, body: '{"versions": {"values": [{"id": "v2.0", "status": "stable"}]}}' },
      /This is Identity v2\.0 only/,
    ],
    [
      'a Nova',
      { status: 300, headers: json, body: '{"choices": [{"id": "v2.0"}, {"id": "v2.1"}]}' },
      /This is a compute API, not the identity service/,
    ],
    [
      'a redirect',
      { status: 301, headers: { ...html, Location: 'https://identity.example.com/v3' } },
      /redirects \(301\)/,
    ],
    ['a service that fails', { status: 503, headers: html, body: '<html></html>' }, /answers 503: try again/],
    [
      'another JSON API',
      { status: 401, headers: json, body: '{"error": "token"}' },
      /describes no Identity v3 \(401\)/,
    ],
    [
      'a version without a document',
      { status: 200, headers: json, body: '{"version": {"id": "v4.0"}}' },
      /describes no Identity v3 \(200\)/,
    ],
  ] as const)
    test(name, async () => {
      const { code, lines, received } = await reachIdentityService(answer);
      assert.equal(code, 2);
      assert.deepEqual(received, ['GET /v3'], 'nothing else is tried');
      assert.match(lines[6] ?? '', /^failed +identity +\S/);
      assert.match(lines[6] ?? '', expected);
      assert.equal(lines.length, 7);
    });

  test('a port that refuses, by its own setting; the cloud is asked all the same', async () => {
    const cloud = await startScriptedCloud(nova);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // A server that listens on a port has such an address.
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const closed = `http://127.0.0.1:${port}`;
    const common = { GATEWAY_UPSTREAM_PROFILE: 'nova' };
    try {
      const identity = await reach({ ...common, GATEWAY_UPSTREAM_URL: cloud.url, GATEWAY_IDENTITY_URL: closed });
      assert.equal(identity.code, 2);
      assert.match(identity.lines.at(-1) ?? '', /^failed +TCP .*ECONNREFUSED.*check GATEWAY_IDENTITY_URL/);
      cloud.script(keystone);
      const compute = await reach({ ...common, GATEWAY_UPSTREAM_URL: closed, GATEWAY_IDENTITY_URL: cloud.url });
      assert.equal(compute.code, 2);
      assert.match(compute.lines.at(-1) ?? '', /^ok +identity +This is Identity v3\.14\.$/);
    } finally {
      await cloud.stop();
    }
  });

  test('a certificate that no authority signed, by the settings of the identity service', async () => {
    const certificates = makeCertificates();
    after(() => certificates.remove());
    const { certFile, keyFile } = certificates.issue(certificates.authority('Own'), 'identity', { days: 40 });
    const identity = await startTlsCloud({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
    const cloud = await startScriptedCloud(nova);
    try {
      const settings = { GATEWAY_UPSTREAM_URL: cloud.url, GATEWAY_UPSTREAM_PROFILE: 'nova' };
      const { code, lines } = await reach({ ...settings, GATEWAY_IDENTITY_URL: identity.url });
      assert.equal(code, 2);
      assert.match(lines.at(-1) ?? '', /^failed +TLS .*set GATEWAY_IDENTITY_TLS_CA_FILE/);
      assert.deepEqual(identity.received, []);
    } finally {
      await cloud.stop();
      await identity.stop();
    }
  });

  for (const [rest, meant] of [
    ['/v3', 'https://identity.example.com'],
    ['/identity/v3/auth/tokens', 'https://identity.example.com/identity'],
    ['/v2.0/', 'https://identity.example.com'],
  ] as const)
    test(`a URL that ends in ${rest}, which is a mistake of the configuration`, async () => {
      const { code, stderr } = await reach({
        GATEWAY_UPSTREAM_URL: 'https://compute.example.com',
        GATEWAY_UPSTREAM_PROFILE: 'nova',
        GATEWAY_IDENTITY_URL: `https://identity.example.com${rest}`,
      });
      assert.equal(code, 2);
      assert.ok(stderr.includes(`because the gateway appends the version itself: set ${meant}`), stderr);
    });
});
