import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../support/documents.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';

/** Run the health check with these settings. */
async function health(settings: Readonly<Record<string, string>>): Promise<{ code: number | null; text: string }> {
  const check = spawnGateway(settings, '--health');
  try {
    const code = await check.ended();
    return { code, text: check.stdout() + check.stderr() };
  } finally {
    check.kill();
  }
}

describe('--health', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  let gateway: GatewayProcess;
  let port = '';
  before(async () => {
    gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_ADMIN_HOST: '0.0.0.0' }));
    ({ port } = new URL((await gateway.ready()).adminUrl));
  });
  after(() => {
    gateway.kill();
    rmSync(folder, { recursive: true });
  });

  for (const host of ['0.0.0.0', '127.0.0.1', 'localhost']) {
    test(`is 0 for a gateway that serves, at ${host}`, async () => {
      assert.deepEqual(await health({ GATEWAY_ADMIN_HOST: host, GATEWAY_ADMIN_PORT: port }), { code: 0, text: 'ok\n' });
    });
  }

  test('follows the configuration file, even one with a mistake elsewhere', async () => {
    const path = join(folder, 'gateway.json');
    writeFileSync(path, `{"admin": {"port": ${port}}, "port": "x"}`);
    assert.deepEqual(await health({ GATEWAY_CONFIG: path }), { code: 0, text: 'ok\n' });
  });

  test('asks no proxy, whatever the environment says', async () => {
    let asked = 0;
    const proxy = createServer((_, response) => {
      asked += 1;
      response.writeHead(502).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    // The address of a server that listens on a port is an AddressInfo.
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].map((name) => [name, url]);
      const settings = { ...Object.fromEntries(names), NODE_USE_ENV_PROXY: '1', GATEWAY_ADMIN_PORT: port };
      assert.deepEqual(await health(settings), { code: 0, text: 'ok\n' });
      assert.equal(asked, 0);
    } finally {
      proxy.close();
    }
  });

  test('is 1 where nothing listens, and says where it asked', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port: free } = holder.address() as AddressInfo;
    await new Promise((resolve) => holder.close(resolve));
    assert.deepEqual(await health({ GATEWAY_ADMIN_PORT: `${free}` }), {
      code: 1,
      text: `http://127.0.0.1:${free}/readyz does not answer (ECONNREFUSED)\n`,
    });
  });

  test('is 1 while the gateway does not serve', async () => {
    const busy = createServer((_, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port: at } = busy.address() as AddressInfo;
    try {
      const { code, text } = await health({ GATEWAY_ADMIN_PORT: `${at}` });
      assert.equal(code, 1);
      assert.match(text, /\/readyz answers 503\n$/);
    } finally {
      busy.close();
    }
  });

  test('is the health check of the image', () => {
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
    assert.match(dockerfile, /^HEALTHCHECK .*CMD \["node", "dist\/main\.js", "--health"\]$/m);
    assert.match(dockerfile, /^COPY --from=build \/app\/dist dist$/m);
  });
});
