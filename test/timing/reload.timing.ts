// Guards: apps.ts, which forgets former Apps, `forgetProxy` in by-proxy.ts, and `stopWatching` at each reload.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gadget, rebuild, withCloud } from '../server/reloaded.ts';
import { call, type TestRequest } from '../support/http.ts';
import { measured } from './measured.ts';

setFlagsFromString('--expose-gc');
// The flag adds this function to new contexts.
const collectGarbage = runInNewContext('gc') as () => void;

const warmUp = 100;
const rounds = 300;
/** Growth for each reload; an App that the streaming proxy keeps needs 70 KiB and more. */
const mostKiBEach = 20;

/** A forwarded request that is streamed. */
const streamed: TestRequest = { ...gadget, headers: { 'Content-Length': '0' } };

function heapKiB(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024;
}

measured('former configurations leave no memory behind', (context) =>
  withCloud({}, async (gateway, { bodies, fields }) => {
    const reload = async (round: number): Promise<void> => {
      gateway.reload({ GATEWAY_NOTES_MAX: String((round % 100) + 1) });
      for (const request of [rebuild, gadget, streamed]) await call(gateway.url, request);
      gateway.forget();
      for (const kept of [bodies, fields]) kept.length = 0;
    };
    for (let round = 0; round < warmUp; round += 1) await reload(round);
    const before = heapKiB();
    for (let round = 0; round < rounds; round += 1) await reload(warmUp + round);
    const each = (heapKiB() - before) / rounds;
    context.diagnostic(`${rounds} reloads, ${each.toFixed(2)} KiB each`);
    assert.ok(each < mostKiBEach, `each reload leaves ${each} KiB`);
  }),
);
