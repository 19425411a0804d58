// Guards: cloud-certificates.ts, `renew` in connections.ts, cloud-pool.ts and cloud-agent.ts, `authorities` in tls-files.ts.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import type { TlsOptions } from 'node:tls';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { makeCertificates, startTlsCloud, type Issued, type TlsCloud } from './certificates.ts';

const certificates = makeCertificates();
after(() => certificates.remove());
const authority = certificates.authority('cloud authority');
const second = certificates.authority('second authority');
const cloudsOwn = certificates.issue(authority, 'cloud');
const cloudsNext = certificates.issue(second, 'cloud');
const former = certificates.issue(authority, 'former');
const renewed = certificates.issue(authority, 'renewed');

const roads = {
  translated: { path: '/v2/p/servers/s' },
  forwarded: { path: '/v2/p/os-gadgets' },
  streamed: { path: '/v2/p/os-gadgets', headers: { 'Content-Length': '0' } },
} as const;

/** Copies of files that a test may overwrite. */
function copied({ certFile, keyFile }: Issued): Issued {
  const copy = {
    certFile: certificates.file(`copy-${certFile.split('/').at(-1)}`, ''),
    keyFile: certificates.file(`copy-${keyFile.split('/').at(-1)}`, ''),
  };
  copyFileSync(certFile, copy.certFile);
  copyFileSync(keyFile, copy.keyFile);
  return copy;
}

const served = ({ certFile, keyFile }: Issued): TlsOptions => ({
  cert: readFileSync(certFile),
  key: readFileSync(keyFile),
});

async function between(
  options: TlsOptions,
  settings: Readonly<Record<string, string>>,
  play: (gateway: TestGateway, cloud: TlsCloud) => Promise<void>,
): Promise<void> {
  const cloud = await startTlsCloud(options);
  // A connection that is idle is used again, so that only its renewal shows the new certificate.
  const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_IDLE_MS: '60000', ...settings });
  try {
    await play(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

async function statusOnEachRoad({ url }: TestGateway): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const asked of Object.values(roads)) statuses.push((await call(url, { method: 'GET', ...asked })).status);
  return statuses;
}

const asking: TlsOptions = { ...served(cloudsOwn), requestCert: true, ca: readFileSync(authority.certFile) };

describe('certificates for the cloud are read again while the gateway runs', { concurrency: true }, () => {
  test('the client certificate: connections that are open and idle show the new one at the next request', async () => {
    const own = copied(former);
    const settings = {
      GATEWAY_UPSTREAM_TLS_CA_FILE: authority.certFile,
      GATEWAY_UPSTREAM_TLS_CERT_FILE: own.certFile,
      GATEWAY_UPSTREAM_TLS_KEY_FILE: own.keyFile,
    };
    await between(asking, settings, async (gateway, cloud) => {
      const subjects = (): (string | undefined)[] =>
        cloud.received.splice(0).map((line) => / by (\w+)$/.exec(line)?.[1]);
      assert.deepEqual(await statusOnEachRoad(gateway), [200, 200, 200]);
      assert.deepEqual(subjects(), ['former', 'former', 'former']);
      copyFileSync(renewed.certFile, own.certFile);
      // Its key is still the former one: half of a renewal changes nothing.
      gateway.reload();
      await gateway.logged('certificates for the cloud cannot be read', 1);
      assert.deepEqual(await statusOnEachRoad(gateway), [200, 200, 200]);
      assert.deepEqual(subjects(), ['former', 'former', 'former']);
      copyFileSync(renewed.keyFile, own.keyFile);
      gateway.reload();
      await gateway.logged('certificates for the cloud read again', 1);
      assert.deepEqual(await statusOnEachRoad(gateway), [200, 200, 200]);
      assert.deepEqual(subjects(), ['renewed', 'renewed', 'renewed']);
      gateway.reload();
      const lines = gateway.log.filter(({ event }) => event === 'certificates for the cloud read again');
      assert.equal(lines.length, 1, 'files that have not changed cost no connection');
    });
  });

  test('the authorities, by a change of the file alone; an empty or broken file changes nothing', async () => {
    const file = certificates.file('authorities.pem', readFileSync(authority.certFile, 'utf8'));
    await between(served(cloudsOwn), { GATEWAY_UPSTREAM_TLS_CA_FILE: file }, async (gateway, cloud) => {
      assert.deepEqual(await statusOnEachRoad(gateway), [200, 200, 200]);
      const both = readFileSync(authority.certFile, 'utf8') + readFileSync(second.certFile, 'utf8');
      let refused = 0;
      for (const unusable of ['', both.slice(0, -200)]) {
        writeFileSync(file, unusable);
        gateway.reload();
        await gateway.logged('certificates for the cloud cannot be read', (refused += 1));
      }
      assert.deepEqual(await statusOnEachRoad(gateway), [200, 200, 200]);
      writeFileSync(file, both);
      await gateway.logged('certificates for the cloud read again', 1);
      cloud.present(served(cloudsNext));
      assert.deepEqual(await statusOnEachRoad(gateway), [200, 200, 200]);
    });
  });
});
