// Guards: the messages `watch` and `exchanges` between primary and workers.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { bearer } from '../server/admin-caller.ts';
import { readLive } from '../server/live/live-client.ts';
import { withWorkers } from './workers.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-workers-live-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'a-token-for-the-workers';
writeFileSync(join(folder, 'token'), token);

test('the exchanges of all workers reach a reader, also those of a worker that started later', () =>
  withWorkers(
    [0, 0],
    { GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token') },
    async ({ url, adminUrl, gateway, workers }) => {
      const reader = await readLive(adminUrl, bearer(token));
      const seen = (): ReadonlySet<unknown> =>
        new Set(reader.events.filter(({ name }) => name === 'exchange').map(({ data }) => data['worker']));
      const callUntil = (wanted: readonly number[]): Promise<void> =>
        until(
          async () => {
            await call(url, { method: 'GET', path: '/v2/project/servers', headers: { Connection: 'close' } });
            return wanted.every((worker) => seen().has(worker));
          },
          `there is no exchange of each of the workers ${wanted.join(', ')}`,
        );
      const first = [...workers().keys()];
      await callUntil(first);
      process.kill(gateway.pid, 'SIGUSR2');
      await until(() => workers().size === 4, 'the workers are not replaced');
      const later = [...workers().keys()].filter((worker) => !first.includes(worker));
      assert.equal(later.length, 2);
      await gateway.logged('worker ended', 2);
      // The primary has read its settings again, so that the reader must come again.
      await reader.ended();
      const again = await readLive(adminUrl, bearer(token));
      await until(async () => {
        await call(url, { method: 'GET', path: '/v2/project/servers', headers: { Connection: 'close' } });
        const shown = new Set(again.events.filter(({ name }) => name === 'exchange').map(({ data }) => data['worker']));
        return later.every((worker) => shown.has(worker));
      }, 'there is no exchange of the later workers');
      again.leave();
    },
  ));
