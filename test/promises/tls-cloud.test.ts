// Guards: `cloudTls` in src/config/tls-files.ts (authority, certificate, minVersion, name, rejectUnauthorized by `verify`), that both roads
// are given it (connector.ts), the warning in callers.ts, and that a connector gives a socket only after its
// handshake, by which a failed one is "nothing was sent".
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import type { TlsOptions } from 'node:tls';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { makeCertificates, startTlsCloud, type Issued, type TlsCloud } from './certificates.ts';

const certificates = makeCertificates();
after(() => certificates.remove());
const authority = certificates.authority('cloud authority');
const stranger = certificates.authority('somebody else');
const good = certificates.issue(authority, 'cloud');
const own = certificates.issue(authority, 'gateway');
const trusting = { GATEWAY_UPSTREAM_TLS_CA_FILE: authority.certFile };

const roads = {
  translated: { path: '/v2/p/servers/s' },
  forwarded: { path: '/v2/p/os-gadgets' },
  streaming: { path: '/v2/p/os-gadgets', headers: { 'Content-Length': '0' } },
} as const;
const token = 'canary-token';

type Settings = Readonly<Record<string, string>>;

/** Play with a cloud in TLS and a gateway in front of it. */
async function between(
  options: TlsOptions,
  settings: Settings,
  play: (gateway: TestGateway, cloud: TlsCloud) => Promise<void>,
): Promise<void> {
  const cloud = await startTlsCloud(options);
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    await play(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

function served({ certFile, keyFile }: Issued): TlsOptions {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
}

function get(gateway: TestGateway, { path, headers = {} }: TestRequest): Promise<TestAnswer> {
  return call(gateway.url, {
    method: 'GET',
    path,
    headers: { 'X-Auth-Token': token, Accept: 'application/json', ...headers },
  });
}

/** Every line of the log, without what is secret: the token, keys. */
function assertLogClean({ log }: TestGateway): void {
  const text = JSON.stringify(log);
  assert.doesNotMatch(text, new RegExp(`${token}|BEGIN|PRIVATE`));
}

for (const [road, asked] of Object.entries(roads)) {
  describe(`the ${road} road to a cloud in TLS`, () => {
    test('trusts the authority of the setting', () =>
      between(served(good), trusting, async (gateway, cloud) => {
        assert.equal((await get(gateway, asked)).status, 200);
        assert.equal(cloud.received.length, 1);
      }));

    /** The cloud's TLS options, the settings, and the cause that the log must have. */
    const refused: Readonly<Record<string, readonly [TlsOptions, Settings, RegExp]>> = {
      'an authority that nobody knows': [served(good), {}, /UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN/],
      'another authority than the setting has': [
        served(good),
        { GATEWAY_UPSTREAM_TLS_CA_FILE: stranger.certFile },
        /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/,
      ],
      'a certificate that has expired': [
        served(certificates.issue(authority, 'cloud', { days: -1 })),
        trusting,
        /CERT_HAS_EXPIRED/,
      ],
      'a certificate of another name': [
        served(certificates.issue(authority, 'cloud', { names: 'DNS:other.example' })),
        trusting,
        /ERR_TLS_CERT_ALTNAME_INVALID/,
      ],
      'another name than the setting has': [
        served(good),
        { ...trusting, GATEWAY_UPSTREAM_TLS_SERVER_NAME: 'cloud.example' },
        /ERR_TLS_CERT_ALTNAME_INVALID/,
      ],
      'TLS 1.2 where 1.3 is the oldest': [
        { ...served(good), maxVersion: 'TLSv1.2' },
        { ...trusting, GATEWAY_UPSTREAM_TLS_MIN_VERSION: 'TLSv1.3' },
        /PROTOCOL_VERSION|EPROTO/,
      ],
      'TLS 1.1, which is too old for any setting': [
        { ...served(good), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
        trusting,
        /PROTOCOL_VERSION|EPROTO|INTERNAL_ERROR/,
      ],
    };
    for (const [what, [options, settings, reason]] of Object.entries(refused)) {
      test(`refuses ${what}: 503, nothing was sent, the log says why`, () =>
        between(options, settings, async (gateway, cloud) => {
          const answer = await get(gateway, asked);
          assert.equal(answer.status, 503);
          assert.match(answer.body, /Nothing was sent/);
          assert.doesNotMatch(answer.body, reason);
          assert.deepEqual(cloud.received, []);
          await gateway.logged('exchange', 1);
          const line = gateway.log.find(({ event }) => event === 'exchange');
          assert.equal(line?.fields['fault'], 'cloud-unreachable');
          assert.match(JSON.stringify(line), reason, 'the reason for the operator');
          assertLogClean(gateway);
        }));
    }

    test('speaks TLS 1.2 where that is the oldest allowed', () =>
      between({ ...served(good), maxVersion: 'TLSv1.2' }, trusting, async (gateway) => {
        assert.equal((await get(gateway, asked)).status, 200);
      }));

    test('speaks TLS 1.3 where that is the oldest allowed', () =>
      between(served(good), { ...trusting, GATEWAY_UPSTREAM_TLS_MIN_VERSION: 'TLSv1.3' }, async (gateway) => {
        assert.equal((await get(gateway, asked)).status, 200);
      }));

    test('takes the name of the setting for the one in the certificate, and says it', () => {
      const named = certificates.issue(authority, 'cloud', { names: 'DNS:cloud.example' });
      const said: string[] = [];
      const options: TlsOptions = {
        ...served(named),
        SNICallback: (name, done) => {
          said.push(name);
          done(null);
        },
      };
      const settings = { ...trusting, GATEWAY_UPSTREAM_TLS_SERVER_NAME: 'cloud.example' };
      return between(options, settings, async (gateway) => {
        assert.equal((await get(gateway, asked)).status, 200);
        assert.deepEqual(said, ['cloud.example']);
      });
    });

    const asking: TlsOptions = { ...served(good), requestCert: true, ca: readFileSync(authority.certFile) };

    test('shows its own certificate to a cloud that asks for one', () =>
      between(
        asking,
        {
          ...trusting,
          GATEWAY_UPSTREAM_TLS_CERT_FILE: own.certFile,
          GATEWAY_UPSTREAM_TLS_KEY_FILE: own.keyFile,
        },
        async (gateway, cloud) => {
          assert.equal((await get(gateway, asked)).status, 200);
          assert.match(cloud.received.join(), / by gateway$/);
        },
      ));

    test('without a certificate has no answer of a cloud that asks for one, which hears nothing', () =>
      between(asking, trusting, async (gateway, cloud) => {
        // In TLS 1.3 the cloud refuses after the handshake, so the gateway must assume that it may have acted.
        const answer = await get(gateway, asked);
        assert.ok([503, 504].includes(answer.status), `${answer.status} ${answer.body}`);
        assert.deepEqual(cloud.received, []);
      }));

    test('does not check where verify is off, and the log is loud about it', () =>
      between(served(good), { GATEWAY_UPSTREAM_TLS_VERIFY: 'off' }, async (gateway) => {
        assert.equal((await get(gateway, asked)).status, 200);
        const line = gateway.log[0];
        assert.match(line?.event ?? '', /not verified/);
        assert.equal(line?.fields['setting'], 'upstream.tls.verify');
      }));

    test('is not loud where verify is on, as it is by default', () =>
      between(served(good), trusting, async (gateway) => {
        await get(gateway, asked);
        assert.doesNotMatch(JSON.stringify(gateway.log), /not verified/);
      }));
  });
}
