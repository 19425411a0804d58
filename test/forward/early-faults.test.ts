import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { between, drained, open } from '../support/forwarding.ts';
import { inTime } from '../support/in-time.ts';
import { path } from './forwarded.ts';

const megabyte = 1024 * 1024;
const count = 40;
const said = '<html><body><h1>413 Request Entity Too Large</h1></body></html>';

describe('a cloud that refuses a body before it has it is heard by the caller', () => {
  for (const what of ['reads the rest', 'reads no more'] as const) {
    test(`the cloud ${what}`, () =>
      between(
        (request, response) => {
          response.writeHead(413).end(said);
          if (what === 'reads the rest') request.resume();
        },
        async (gateway, cloud) => {
          const headers = { 'Content-Length': String(count * megabyte) };
          const { outgoing, answer } = open(gateway.url, 'POST', path, headers);
          outgoing.on('error', () => undefined);
          for (let n = 0; n < count; n += 1) outgoing.write(Buffer.alloc(megabyte, 'x'));
          outgoing.end();
          const message = await inTime(answer, 'no answer');
          const body = (await inTime(drained(message), 'no whole answer')).toString();
          assert.equal(message.statusCode, 413, body);
          assert.deepEqual(JSON.parse(body), {
            overLimit: { message: 'The body of your request was too large for this server.', code: 413 },
          });
          assert.equal(message.complete, true);
          assert.equal(cloud.received.length, 1, 'requests');
        },
      ));
  }
});
