import assert from 'node:assert/strict';
import { between } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { serverDocument } from '../support/rebuild-call.ts';
import { measured } from './measured.ts';

const { server } = JSON.parse(serverDocument) as { server: object };
const metadata = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`key ${n}`, `<${n}>`]));
const count = 3000;
const list = Buffer.from(JSON.stringify({ servers: Array.from({ length: count }, () => ({ ...server, metadata })) }));

// Holds long-answers.ts: without it the lists take turns, and end together.
measured('long answers are translated one after the other, not all at once', async (context) => {
  const ended: number[] = [];
  await between(
    (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': list.length }).end(list);
    },
    async (gateway) => {
      const path = '/v2/p/servers/detail';
      const ask = async (): Promise<void> => {
        const answer = await call(gateway.url, { method: 'GET', path, headers: { Accept: 'application/xml' } });
        ended.push(performance.now());
        assert.equal(answer.status, 200);
        assert.equal(answer.body.match(/<server /g)?.length, count);
      };
      await ask();
      // The callers are of this process too, and may read late: one round that shows the turns is enough.
      let most = 0;
      for (let round = 0; round < 10 && most < 0.3; round += 1) {
        ended.length = 0;
        const startedAt = performance.now();
        await Promise.all([ask(), ask(), ask()]);
        const [first = 0, , last = 0] = ended;
        most = Math.max(most, (last - first) / (last - startedAt));
      }
      context.diagnostic(
        `${list.length} bytes each; the last ended ${Math.round(most * 100)} % of the time after the first`,
      );
      assert.ok(most >= 0.3, `${most}`);
    },
  );
});
