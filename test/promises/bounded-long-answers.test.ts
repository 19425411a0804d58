import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { serverDocument } from '../support/rebuild-call.ts';

const { server } = JSON.parse(serverDocument) as { server: object };
const metadata = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`key ${n}`, `<${n}>`]));
const list = Buffer.from(JSON.stringify({ servers: Array.from({ length: 3000 }, () => ({ ...server, metadata })) }));

// Holds that the turn is given back: else the next one would wait for ever.
test('a caller that leaves in the middle of a long answer keeps no other waiting', async () => {
  await between(
    (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': list.length }).end(list);
    },
    async (gateway) => {
      const path = '/v2/p/servers/detail';
      for (let n = 0; n < 3; n += 1) {
        const leaving = new AbortController();
        const { body } = await fetch(gateway.url + path, {
          headers: { Accept: 'application/xml' },
          signal: leaving.signal,
        });
        await body?.getReader().read();
        leaving.abort();
      }
      const answer = await call(gateway.url, { method: 'GET', path, headers: { Accept: 'application/xml' } });
      assert.equal(answer.status, 200);
    },
  );
});
