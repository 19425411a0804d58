// Holds places.ts and listen.ts: unix sockets for callers, and places that cannot be listened on.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serving, spawnGateway } from '../process/gateway-process.ts';
import { startLiveCloud } from '../support/forwarding.ts';
import { startTestGateway } from '../support/gateway.ts';
import { inTime } from '../support/in-time.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-socket-'));
after(() => rmSync(folder, { recursive: true }));

/** Ask through a unix socket with curl. */
async function curl(path: string): Promise<string> {
  const child = spawn('curl', ['-s', '-i', '--unix-socket', path, 'http://gateway/v2/p/os-gadgets'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  await inTime(once(child, 'close'));
  return text;
}

/** Leave a socket behind as a process that was killed does. */
async function leaveSocket(path: string): Promise<void> {
  const code = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', code], { stdio: 'ignore' }), 'close');
  assert.ok(existsSync(path));
}

for (const workers of ['1', '2']) {
  test(`${workers} processes serve callers on a unix socket, replace that of a killed process, and remove it at the end`, async () => {
    const path = join(folder, `${workers}.sock`);
    await leaveSocket(path);
    const cloud = await startLiveCloud((_, response) => response.end('{"gadgets":[]}'));
    const gateway = spawnGateway({
      ...serving(cloud.url),
      GATEWAY_WORKERS: workers,
      GATEWAY_SOCKET: path,
      GATEWAY_SOCKET_MODE: '0600',
    });
    assert.equal((await gateway.ready()).url, `unix:${path}`);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    for (let count = 0; count < 4; count += 1) assert.match(await curl(path), /^HTTP\/1\.1 200 /);
    gateway.child.kill('SIGTERM');
    assert.equal(await gateway.ended(), 0);
    assert.ok(!existsSync(path));
    await cloud.stop();
  });
}

const startWith = (settings: Readonly<Record<string, string>>): Promise<unknown> =>
  startTestGateway('http://127.0.0.1:9', settings);

test('a unix socket on which a process listens, a file, and a folder that is missing are refused, by name', async () => {
  const living = join(folder, 'living.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(living, resolve));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await assert.rejects(startWith({ GATEWAY_SOCKET: living }), {
    name: 'ListenError',
    message: /living\.sock: another process listens on it/,
  });
  await assert.rejects(startWith({ GATEWAY_SOCKET: file }), {
    name: 'ListenError',
    message: /\/file: the file exists and is no socket/,
  });
  await assert.rejects(startWith({ GATEWAY_SOCKET: '/nowhere/x.sock' }), {
    name: 'ListenError',
    message: /\/nowhere\/x\.sock: (?:EACCES|ENOENT)/,
  });
  assert.ok(existsSync(living) && existsSync(file));
  server.close();
});

test('an address that is not of this machine, and a name that is unknown, are told with their port and settings', async () => {
  await assert.rejects(startWith({ GATEWAY_HOST: '192.0.2.1', GATEWAY_PORT: '18774' }), {
    message:
      'Cannot listen on 192.0.2.1:18774: EADDRNOTAVAIL. Set GATEWAY_HOST and GATEWAY_PORT to a free address and port of this machine.',
  });
  await assert.rejects(startWith({ GATEWAY_ADMIN_HOST: 'nowhere.invalid', GATEWAY_ADMIN_PORT: '19774' }), {
    message:
      /^Cannot listen on nowhere\.invalid:19774: (?:ENOTFOUND|EAI_AGAIN), the name is unknown\. Set GATEWAY_ADMIN_HOST and GATEWAY_ADMIN_PORT/,
  });
});
