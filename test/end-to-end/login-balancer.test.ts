// Holds the rules of docs/login.md: a balancer with them sends legacy paths to the gateway, and no others.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { documentAt } from '../support/documents.ts';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';

/** An address of its own, so that the usual ports are free on it. */
const host = '127.0.14.2';

/** A balancer: the language of its block in the document, and how it is run on these rules, in a folder of its own. */
interface Balancer {
  readonly language: string;
  readonly program: string;
  readonly file: (rules: string) => string;
  readonly args: (file: string, folder: string) => readonly string[];
}

const haproxy: Balancer = {
  language: 'haproxy',
  program: '/usr/sbin/haproxy',
  file: (rules) =>
    `defaults\n  mode http\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n${rules.replaceAll('bind :', `bind ${host}:`)}`,
  args: (file) => ['-db', '-f', file],
};

const nginx: Balancer = {
  language: 'nginx',
  program: '/usr/sbin/nginx',
  file: (rules) =>
    `pid nginx.pid;\nevents {}\nhttp {\naccess_log off;\n${rules.replaceAll('listen ', `listen ${host}:`)}}\n`,
  args: (file, folder) => ['-p', folder, '-c', file, '-e', 'stderr', '-g', 'daemon off;'],
};

/** The places of the document, and what stands there. */
const servers = { gateway: '10.0.0.11:8774', keystone: '10.0.0.21:5000', nova: '10.0.0.31:8774' };

/** Run a balancer with the rules of the document, in front of servers that answer with their name and the fields they got. */
async function start(t: TestContext, { language, program, file, args }: Balancer): Promise<void> {
  const { text } = documentAt('docs/login.md');
  let rules = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'm').exec(text)?.[1] ?? assert.fail(language);
  for (const [name, place] of Object.entries(servers)) {
    assert.ok(rules.includes(place), place);
    rules = rules.replaceAll(place, await startNamed(t, name));
  }
  const folder = mkdtempSync(join(tmpdir(), 'gateway-balancer-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'balancer.conf');
  writeFileSync(path, file(rules));
  const child = spawn(program, args(path, folder), { stdio: 'ignore' });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill();
    await ended;
  });
  await until(async () => (await accepts(5000)) && accepts(8774), `${program} does not listen`);
}

async function startNamed(t: TestContext, name: string): Promise<string> {
  const server = createServer(({ url, headers }, response) => {
    const { 'x-forwarded-host': asked, 'x-forwarded-for': client } = headers;
    response.end([name, url, asked, client].join(' '));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close().closeAllConnections());
  // A server that listens on a port has such an address.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.destroy())
      .on('connect', () => resolve(true))
      .on('error', () => resolve(false));
  });
}

const key = { 'X-Auth-User': 'demo', 'X-Auth-Key': 'secret' };

/** Port, path and header fields of requests, and the server that must get them. */
const requests: readonly (readonly [number, string, Readonly<Record<string, string>>, keyof typeof servers])[] = [
  [5000, '/v2.0', {}, 'gateway'],
  [5000, '/v2.0/tokens', {}, 'gateway'],
  [5000, '/v2.0/tokens.xml', {}, 'gateway'],
  [5000, '/v2.0/tenants?limit=1', {}, 'gateway'],
  [5000, '/v1.1/auth', {}, 'gateway'],
  [5000, '/v1.0', key, 'gateway'],
  [5000, '/v1.1/', key, 'gateway'],
  [5000, '/v1.0', {}, 'keystone'],
  [5000, '/', {}, 'keystone'],
  [5000, '/v3/auth/tokens', {}, 'keystone'],
  [5000, '/v3/auth/tokens', key, 'keystone'],
  [5000, '/v2.0tokens', {}, 'keystone'],
  [8774, '/v2/p/servers', {}, 'gateway'],
  [8774, '/v1.1/p/servers/detail', {}, 'gateway'],
  [8774, '/v1.0', key, 'gateway'],
  [8774, '/v2', {}, 'gateway'],
  [8774, '/v2.1/p/servers', {}, 'nova'],
  [8774, '/v2.1', {}, 'nova'],
  [8774, '/', {}, 'nova'],
];

for (const balancer of [haproxy, nginx]) {
  const skip = existsSync(balancer.program) ? false : `${balancer.program} is not installed`;
  describe(`the rules for ${balancer.language}`, { skip }, () => {
    test('send legacy paths to the gateway, and all others past it', async (t) => {
      await start(t, balancer);
      for (const [port, path, headers, wanted] of requests) {
        const { body } = await call(`http://${host}:${port}`, { method: 'GET', path, headers });
        const [name, url, asked, client] = body.split(' ');
        assert.deepEqual([name, url], [wanted, path], `${port}${path}`);
        if (wanted !== 'gateway') continue;
        assert.equal(asked, `${host}:${port}`, 'the URL of links');
        assert.equal(client, '127.0.0.1', 'the address by which failed logins are counted');
      }
    });
  });
}
