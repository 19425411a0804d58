import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { plainRebuild, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';

const megabyte = 1024 * 1024;

// Holds `reserve` of answer-chunks.ts.
test('answers take no more than the budget for all: one that would be over it is 502', async () => {
  const large = serverDocument.replace('"n"', JSON.stringify('n'.repeat(1_000_000)));
  assert.ok(large.length > 1_000_000);
  await between(
    (request, response) => {
      request.resume();
      response.writeHead(202, { 'Content-Type': 'application/json' }).end(large);
    },
    async (gateway) => {
      const { status, body } = await call(gateway.url, rebuildRequest('xml'));
      assert.equal(status, 502);
      assert.match(body, /holds too many answers/);
    },
    { GATEWAY_UPSTREAM_ANSWERS_MAX_TOTAL_BYTES: '1000000' },
  );
});

// Holds `maxBytes` of answer-chunks.ts.
test('an answer that is translated is given up at its limit, not held to its end', async () => {
  let written = 0;
  await between(
    (request, response) => {
      request.resume();
      response.writeHead(202, { 'Content-Type': 'application/json' });
      const write = (): void => {
        while (!response.destroyed) {
          written += megabyte;
          if (!response.write(Buffer.alloc(megabyte, ' '))) return void response.once('drain', write);
        }
      };
      write();
    },
    async (gateway) => {
      const { status, body } = await call(gateway.url, rebuildRequest('xml', plainRebuild.xml));
      assert.equal(status, 502, serverDocument);
      assert.match(body, /too large/);
      assert.ok(written < 40 * megabyte, `${written} bytes were taken`);
    },
    { GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: String(4 * megabyte) },
  );
});
