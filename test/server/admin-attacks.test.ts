// Guards: slow-readers.ts, `onlyHost` of console.ts and the paths of the admin port, against whoever can reach it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import { closeIfNotTaken } from '../../src/server/admin/slow-readers.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { inTime } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-attacks-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'CanaryToken-of-the-attacked-port';
writeFileSync(join(folder, 'token'), token);
const proof = `Authorization: Bearer ${token}`;

let gateway: TestGateway;
before(async () => {
  gateway = await startTestGateway(refusingUrl, { GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token') });
});
after(() => gateway.stop());

/** Send bytes as they are, and read until the connection ends. */
async function send(text: string): Promise<string> {
  const socket = connect(Number(new URL(gateway.adminUrl).port), '127.0.0.1');
  let received = '';
  socket
    .setEncoding('latin1')
    .on('data', (part: string) => (received += part))
    .on('error', () => undefined);
  socket.write(text, 'latin1');
  await inTime(once(socket, 'close'), 'the connection does not end');
  return received;
}

/** Ask for a target with these header fields. */
async function ask(target: string, ...fields: readonly string[]): Promise<{ status: number; text: string }> {
  const text = await send([`GET ${target} HTTP/1.1`, ...fields, 'Connection: close', '', ''].join('\r\n'));
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text };
}

test('no target leads to a file or a document that is not listed, however it is written', async () => {
  const targets = `
    /console/files/__proto__ /console/files/constructor /console/__proto__ /console/constructor
    /api/__proto__ /api/constructor /api/toString.csv /api/hasOwnProperty /%63onsole
    /console%2ffiles%2fapp.js /console/files/%00 /console/files/app.js%00.css
    /console/files/..%2f..%2fpackage.json /console/files/....//package.json /console/files/../index.html
    /console/files/lib/../app.js /console/files//app.js /console/files/tsconfig.json //console /CONSOLE
    /api/settings.csv.csv /api/settings.CSV /api/settings;x /api/settings/ /api/.csv
    /api/projects/%E0%A4%A /api/projects/a/b /api/projects//days /api/retirement/%2e%2e/settings
    http://evil.example/api/settings * /console/files/app.js/ /console/proof/ /config/`;
  for (const target of targets.trim().split(/\s+/)) {
    const { status, text } = await ask(target, 'Host: localhost', proof);
    assert.deepEqual([target, status], [target, 404]);
    assert.doesNotMatch(text, /legacy-compute-gateway"|importmap|evil/);
  }
});

test('a project is asked for by any name, also by one that every object has', async () => {
  for (const name of [
    '__proto__',
    'constructor',
    '%00',
    '%2e%2e',
    '%2Fapi%2Fsettings',
    '%F0%9F%92%A9',
    "'%20OR%201=1",
  ]) {
    const { status, text } = await ask(`/api/projects/${name}`, 'Host: localhost', proof);
    assert.equal(status, 200, name);
    assert.match(text, /"row":null/);
  }
});

test('a query that means nothing is refused or ignored, and a long one does not cost more than a short one', async () => {
  for (const [query, expected] of [
    ['by=__proto__', 400],
    ['by=project,,', 400],
    ['limit=-1', 400],
    ['limit=1e9', 400],
    ['limit=999999999', 200],
    ['offset=999999999', 200],
    ['offset=9999999999', 400],
    ['sort=constructor', 400],
    ['state=toString', 400],
    ['kind=__proto__', 400],
    ['__proto__=1&constructor=2', 200],
    ['q=%', 200],
    ['q=%FF%FE', 200],
    [`q=${'a'.repeat(7500)}`, 400],
    ['a&'.repeat(3700), 400],
  ] as const)
    assert.deepEqual([query, (await ask(`/api/needs?${query}`, 'Host: localhost', proof)).status], [query, expected]);
});

test('a request with two fields Host is not shown the console', async () => {
  for (const hosts of [
    ['localhost', 'evil.example'],
    ['evil.example', 'localhost'],
    ['localhost', 'localhost'],
  ])
    for (const path of ['/console', '/api/settings'])
      assert.equal((await ask(path, ...hosts.map((host) => `Host: ${host}`), proof)).status, 421);
});

test('a part of a file is answered by the whole, since the port knows no ranges', async () => {
  const whole = await ask('/console/files/app.js', 'Host: localhost');
  for (const range of ['bytes=0-10', `bytes=${'0-,'.repeat(2000)}0-`, 'bytes=-1', 'lines=1-2']) {
    const { status, text } = await ask('/console/files/app.js', 'Host: localhost', `Range: ${range}`);
    assert.deepEqual([status, text.length], [200, whole.text.length]);
  }
});

test('a long field of a header costs no more than reading it', async () => {
  const long = 7000;
  const attacks = [
    `If-None-Match: ${'"x",'.repeat(long / 4)}`,
    `If-None-Match: ${' '.repeat(long)}x`,
    `Accept-Encoding: ${'gzip;q=0.,'.repeat(long / 10)}`,
    `Accept-Encoding: gzip${' '.repeat(long)};`,
    `Accept-Encoding: gzip;q=0.${'0'.repeat(long)}x`,
    `Authorization: Bearer ${' '.repeat(long)}x y`,
    `Authorization: Bearer ${'a'.repeat(long)}`,
  ];
  for (const attack of attacks) {
    const times: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      const startedAt = performance.now();
      await ask('/console/files/app.js', 'Host: localhost', attack);
      await ask('/api', 'Host: localhost', attack);
      times.push(performance.now() - startedAt);
    }
    assert.ok(Math.min(...times) < 100, `${attack.slice(0, 40)}: ${times.join(', ')} ms`);
  }
});

test('a connection with many requests at once is closed before they are all answered into memory', async () => {
  const requests = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(200);
  const answers = (await send(requests)).match(/^HTTP\/1\.1 /gm)?.length ?? 0;
  assert.ok(answers <= fixedLimits.adminPipelined, `${answers} answers`);
  const few = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const closing = few.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
  assert.equal((await send(few + closing)).match(/ 200 OK/g)?.length, 2, 'two in a row are answered');
  assert.equal((await ask('/livez', 'Host: localhost')).status, 200);
});

test('a reader that does not take its answer is disconnected, and one that does is not', async () => {
  const limitMs = 200;
  const server = createServer((request, response) => {
    closeIfNotTaken(response, limitMs);
    response.end(Buffer.alloc(request.url === '/short' ? 10 : 50_000_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  const [onServer] = (await once(server, 'connection')) as [NodeJS.EventEmitter];
  socket.write('GET /long HTTP/1.1\r\nHost: a\r\n\r\n');
  await inTime(once(onServer, 'close'), 'it is not disconnected');
  socket.destroy();
  const answer = await fetch(`http://127.0.0.1:${port}/short`);
  assert.equal((await answer.arrayBuffer()).byteLength, 10);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('guesses of the token are counted, cost a connection each, and no answer says how near they are', async () => {
  const answers = new Set<string>();
  for (const guess of [
    token.slice(0, -1),
    `${token}x`,
    token.toLowerCase(),
    token.replace('C', 'D'),
    'a',
    '%00',
    '__proto__',
  ]) {
    const { status, text } = await ask('/api/settings', 'Host: localhost', `Authorization: Bearer ${guess}`);
    assert.equal(status, 401);
    assert.doesNotMatch(text, new RegExp(RegExp.escape(guess === 'a' ? 'Bearer a' : guess)));
    answers.add(text.replace(/^Date: .*$/m, ''));
  }
  assert.equal(answers.size, 1);
});
