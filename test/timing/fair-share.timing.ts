import assert from 'node:assert/strict';
import { between } from '../support/forwarding.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { measured } from './measured.ts';

/* The guard: src/http/exchange/fair-share/gate.ts; with one queue for all, the quiet project gets 503. */

/** The time that the cloud takes for each request of the hog, in milliseconds. */
const slowMs = 1500;
const hogRequests = 1000;
const quietRequests = 40;
/** The longest that one request of the quiet project may take, in milliseconds; alone it takes about 3. */
const mostMs = 250;
const server = '0f1e2d3c-4b5a-4697-8877-665544332211';

const send = (gateway: TestGateway, project: string): Promise<TestAnswer> => {
  const request = rebuildRequest('xml');
  const headers = { ...request.headers, 'X-Auth-Token': `token of ${project}` };
  return call(gateway.url, { ...request, path: `/v2/${project}/servers/${server}/action`, headers });
};

measured(`a quiet project waits at most ${mostMs} ms beside ${hogRequests} slow requests of another`, (context) =>
  between(
    (request, response) => {
      request.resume();
      const answer = (): void =>
        void response.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
      if (request.url?.includes('/hog/') === true) setTimeout(answer, slowMs);
      else answer();
    },
    async (gateway) => {
      for (const project of ['hog', 'quiet']) assert.equal((await send(gateway, project)).status, 202);
      await gateway.logged('exchange', 2);
      const hog = Array.from({ length: hogRequests }, () => send(gateway, 'hog'));
      // The hog has its share of the turns and of the queue now: 96 of 128 and 384 of 512.
      await gateway.logged('exchange', 2 + hogRequests - 96 - 384);
      const times: number[] = [];
      for (let n = 0; n < quietRequests; n += 1) {
        const from = performance.now();
        assert.equal((await send(gateway, 'quiet')).status, 202);
        times.push(performance.now() - from);
      }
      const statuses = (await Promise.all(hog)).map(({ status }) => status);
      const [median = 0] = times.toSorted((a, b) => a - b).slice(quietRequests / 2);
      const most = Math.max(...times);
      const refused = statuses.filter((status) => status === 413).length;
      context.diagnostic(`median ${median.toFixed(1)} ms, most ${most.toFixed(1)} ms; ${refused} of the hog refused`);
      assert.ok(most < mostMs, `${most} ms`);
      assert.ok(refused > 0 && statuses.includes(202));
    },
  ),
);
