// Holds connector.ts, proxy-tunnel.ts and the form of requests to a proxy on each road.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { startClosingCloud } from '../../support/closing-cloud.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { call } from '../../support/http.ts';
import { startRecordingProxy, type ProxiedCall } from '../../support/recording-proxy.ts';
import { makeCertificates, startTlsCloud } from '../../promises/certificates.ts';

const certificates = makeCertificates();
after(() => certificates.remove());
const authority = certificates.authority('authority');
const { certFile, keyFile } = certificates.issue(authority, 'cloud', { names: 'DNS:cloud.invalid' });

const paths = ['/v2/p/servers/s', '/v2/p/os-gadgets'];
const secret = 'canary:of%20the%2Fproxy';
const authorization = `Basic ${Buffer.from('canary:of the/proxy').toString('base64')}`;

interface Played {
  readonly statuses: readonly number[];
  readonly calls: readonly ProxiedCall[];
  readonly gateway: TestGateway;
}

/** Ask on each road a cloud of a name that only the proxy knows. With https a file holds the URL of the proxy. */
async function played(scheme: 'http' | 'https', { status }: { status?: number } = {}): Promise<Played> {
  const cloud =
    scheme === 'http'
      ? await startClosingCloud({ answers: () => Infinity, close: () => undefined })
      : await startTlsCloud({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  const proxy = await startRecordingProxy(cloud.url, status);
  const url = proxy.url.replace('//', `//${secret}@`);
  const gateway = await startTestGateway(
    `${scheme}://cloud.invalid/compute`,
    scheme === 'http'
      ? { GATEWAY_UPSTREAM_PROXY: url }
      : {
          GATEWAY_UPSTREAM_PROXY_FILE: certificates.file('proxy', `${url}\n`),
          GATEWAY_UPSTREAM_TLS_CA_FILE: authority.certFile,
        },
  );
  try {
    const statuses: number[] = [];
    const headers = { Accept: 'application/json', 'X-Auth-Token': 'canary-token' };
    for (const path of paths) statuses.push((await call(gateway.url, { method: 'GET', path, headers })).status);
    const streamed = { path: '/v2/p/os-gadgets', headers: { ...headers, 'Content-Length': '0' } };
    statuses.push((await call(gateway.url, { method: 'GET', ...streamed })).status);
    await gateway.logged('exchange', 3);
    return { statuses, calls: proxy.calls, gateway };
  } finally {
    await gateway.stop();
    await proxy.stop();
    await cloud.stop();
  }
}

describe('with upstream.proxy', { concurrency: true }, () => {
  test('an https cloud is reached through a tunnel on each road, and the proxy sees nothing but its name', async () => {
    const { statuses, calls, gateway } = await played('https');
    assert.deepEqual(statuses, [200, 200, 200]);
    assert.deepEqual(
      calls.map(({ line }) => line),
      Array<string>(3).fill('CONNECT cloud.invalid:443'),
    );
    for (const { headers } of calls)
      assert.deepEqual(headers, { host: 'cloud.invalid:443', 'proxy-authorization': authorization });
    assert.doesNotMatch(JSON.stringify(gateway.log), /canary/);
  });

  test('an http cloud is reached by requests in absolute form on each road', async () => {
    const { statuses, calls, gateway } = await played('http');
    assert.deepEqual(statuses, [200, 200, 200]);
    assert.deepEqual(
      calls.map(({ line }) => line),
      ['v2.1/p/servers/s', 'v2/p/os-gadgets', 'v2/p/os-gadgets'].map(
        (path) => `GET http://cloud.invalid/compute/${path}`,
      ),
    );
    for (const { headers } of calls) {
      assert.equal(headers.host, 'cloud.invalid');
      assert.equal(headers['proxy-authorization'], authorization);
    }
    assert.doesNotMatch(JSON.stringify(gateway.log), /canary/);
  });

  test('a proxy that refuses the tunnel is 503 on each road: nothing was sent, and the log has its status', async () => {
    const { statuses, calls, gateway } = await played('https', { status: 407 });
    assert.deepEqual(statuses, [503, 503, 503]);
    assert.equal(calls.length, 3);
    const lines = gateway.log.filter(({ event }) => event === 'exchange');
    assert.deepEqual(
      lines.map(({ fields }) => [fields['fault'], fields['cause']]),
      Array.from({ length: 3 }, () => ['cloud-unreachable', 'PROXY_407']),
    );
    assert.doesNotMatch(JSON.stringify(gateway.log), /canary/);
  });
});
