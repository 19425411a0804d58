import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';

const path = '/v2/7459f9935ed2422eb9800fea1d4d9378/servers/ea681a24-9b24-4f49-98ef-8e1f73acf19e/action';
const megabytes = 4_000_000;

/** A small request of a type that is refused. */
const request = (last: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: gateway\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n${last}\r\nabc`;

test('a body over the limit is answered whole, and the connection closes: nobody waits on it', async (context) => {
  const cloud = await startScriptedCloud();
  context.after(() => cloud.stop());
  const gateway = await startTestGateway(cloud.url);
  context.after(() => gateway.stop());
  const head = `POST ${path} HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/xml\r\nContent-Length: ${megabytes}\r\n\r\n`;

  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
    socket.write(head);
    socket.write('x'.repeat(megabytes));
  });
  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.match(answer, /\r\nConnection: close\r\n/i);
  assert.match(answer, /<overLimit code="413"/);
  assert.equal(cloud.received.length, 0);
});

test('a request that is refused for its media type leaves its connection open for the next one', async (context) => {
  const cloud = await startScriptedCloud();
  context.after(() => cloud.stop());
  const gateway = await startTestGateway(cloud.url);
  context.after(() => gateway.stop());

  const answers = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
    socket.write(request('') + request('Connection: close\r\n'));
  });
  assert.equal(answers.match(/HTTP\/1\.1 415 /g)?.length, 2, answers);
});
