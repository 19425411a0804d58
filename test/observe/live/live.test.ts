// Guards: exchange-feed.ts, live-exchange.ts and live-hub.ts of src/observe/live.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedLimits } from '../../../src/config/fixed-limits.ts';
import type { ExchangeLine } from '../../../src/observe/exchange-fields.ts';
import { ExchangeFeed, type FedExchanges } from '../../../src/observe/live/exchange-feed.ts';
import { liveExchange, type ExchangeWay } from '../../../src/observe/live/live-exchange.ts';
import { LiveHub, type LiveEnd, type LiveReader } from '../../../src/observe/live/live-hub.ts';

const line = { method: 'GET', path: '/v2/p/servers', status: 200, ms: 1.5, requestId: 'req-1', needs: [] };
// A field without a value is left out of the line, and reads as undefined.
const lineOf = (fields: object = {}): ExchangeLine => ({ ...line, ...fields }) as unknown as ExchangeLine;
const outcomeOf = (fields: object, way: ExchangeWay): string => liveExchange(lineOf(fields), way, null).outcome;
const sent = { cloudMethod: 'GET', cloudPath: '/v2.1/p/servers' };

test('an exchange shows what became of it', () => {
  assert.equal(outcomeOf({ cloudStatus: 200 }, sent), 'translated');
  assert.equal(outcomeOf({ cloudStatus: 409, fault: 'cloud-refusal' }, sent), 'translated');
  assert.equal(outcomeOf({ cloudStatus: 200 }, { ...sent, isForwarded: true }), 'forwarded');
  assert.equal(outcomeOf({ cloudStatus: 410, needs: ['withdrawn:os-fping'] }, sent), 'withdrawn');
  assert.equal(outcomeOf({ fault: 'invalid-member' }, {}), 'refused');
  assert.equal(outcomeOf({}, {}), 'answered');
  assert.equal(outcomeOf({ fault: 'retired', retired: 'brownouts.0' }, {}), 'retired');
  assert.equal(outcomeOf({ fault: 'cloud-unreachable' }, sent), 'failed');
  assert.equal(outcomeOf({ fault: 'caller-gone' }, sent), 'gone');
});

test('an exchange has no user, and texts and lists of a bounded length', () => {
  const long = 'x'.repeat(10_000);
  const notes = Array.from({ length: 500 }, () => long);
  const shown = liveExchange(lineOf({ path: long, user: 'canary', notes, agent: long }), {}, 2);
  const text = JSON.stringify(shown);
  assert.ok(text.length < 16_384, `${text.length} characters`);
  assert.ok(!text.includes('canary'));
  assert.equal(shown.worker, 2);
});

test('a feed sends exchanges together, and counts those beyond its limit', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const fed: FedExchanges[] = [];
  const feed = new ExchangeFeed(null, (each) => fed.push(each));
  assert.equal(feed.isWatched, false);
  const { liveBatchExchanges, liveBatchMs } = fixedLimits;
  for (let count = 0; count < liveBatchExchanges + 7; count += 1) feed.show(lineOf(), {});
  assert.equal(fed.length, 0);
  t.mock.timers.tick(liveBatchMs);
  assert.deepEqual([fed.length, fed[0]?.texts.length, fed[0]?.dropped], [1, liveBatchExchanges, 7]);
  feed.show(lineOf(), {});
  t.mock.timers.tick(liveBatchMs);
  assert.deepEqual([fed.length, fed[1]?.texts.length, fed[1]?.dropped], [2, 1, 0]);
});

interface TestReader extends LiveReader {
  readonly fed: FedExchanges[];
  readonly ends: LiveEnd[];
}

function createReader(): TestReader {
  const [fed, ends]: [FedExchanges[], LiveEnd[]] = [[], []];
  return { fed, ends, send: (each) => fed.push(each), end: (reason) => ends.push(reason) };
}

test('exchanges are wanted only while there is a reader, and none is kept', () => {
  const changes: boolean[] = [];
  const hub = new LiveHub({ exchanges: 0 }, (isWatched) => changes.push(isWatched));
  const [one, other] = [createReader(), createReader()];
  const leave = hub.join(one);
  const leaveToo = hub.join(other);
  hub.receive({ texts: ['1'], dropped: 0 });
  leave?.();
  leave?.();
  hub.receive({ texts: ['2'], dropped: 0 });
  leaveToo?.();
  assert.deepEqual(changes, [true, false]);
  assert.deepEqual([one.fed.length, other.fed.length, hub.kept.length], [1, 2, 0]);
});

test('as many exchanges are kept as the setting says, the last ones, and fewer after a reload', () => {
  const changes: boolean[] = [];
  const hub = new LiveHub({ exchanges: 3 }, (isWatched) => changes.push(isWatched));
  hub.receive({ texts: ['1', '2'], dropped: 0 });
  hub.receive({ texts: ['3', '4'], dropped: 0 });
  assert.deepEqual(hub.kept, ['2', '3', '4']);
  hub.use({ exchanges: 1 });
  assert.deepEqual(hub.kept, ['4']);
  hub.use({ exchanges: 0 });
  assert.deepEqual([hub.kept, changes], [[], [true, false]]);
});

test('exchanges that are kept have a limit in bytes', () => {
  const hub = new LiveHub({ exchanges: 2000 }, () => undefined);
  const text = 'x'.repeat(16_384);
  for (let count = 0; count < 1000; count += 1) hub.receive({ texts: [text], dropped: 0 });
  const length = hub.kept.reduce((sum, each) => sum + each.length, 0);
  assert.ok(length <= fixedLimits.liveKeptBytes && length > fixedLimits.liveKeptBytes - 2 * text.length, `${length}`);
});

test('there is a limit of readers, and none joins when the process ends', () => {
  const hub = new LiveHub({ exchanges: 0 }, () => undefined);
  const readers = Array.from({ length: fixedLimits.liveReaders }, createReader);
  const leaves = readers.map((reader) => hub.join(reader));
  assert.equal(hub.join(createReader()), undefined);
  leaves[0]?.();
  const last = createReader();
  assert.ok(hub.join(last) !== undefined);
  hub.close();
  assert.deepEqual([last.ends, readers[0]?.ends, readers[1]?.ends], [['shutdown'], [], ['shutdown']]);
  assert.equal(hub.join(createReader()), undefined);
});
