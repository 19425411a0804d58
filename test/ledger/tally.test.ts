// Protects src/ledger/count: what is counted under which key, and that callers cannot fill the ledger.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { CountedNeeds } from '../../src/ledger/count/counted-needs.ts';
import { safeText } from '../../src/ledger/count/safe-text.ts';
import { Tally } from '../../src/ledger/count/tally.ts';
import { wideNetworkOf } from '../../src/ledger/count/wide-network.ts';
import { dayMs } from '../../src/ledger/days.ts';
import type { DayCount } from '../../src/ledger/entry.ts';
import { keyTextOf } from '../../src/ledger/larger.ts';
import { keyOf } from './ledger-values.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');

/** A tally with a clock that the test sets. */
function startTally(maxKeys = 10_000) {
  const clock = { now: noon };
  let filled = 0;
  const tally = new Tally({ maxKeys, now: () => clock.now, onFull: () => (filled += 1) });
  return { tally, clock, filled: () => filled };
}

const exchange = (members: Partial<CountedNeeds> = {}): CountedNeeds => ({
  project: 'p1',
  agent: 'python-novaclient',
  client: '192.0.2.7',
  operation: 'rebuild',
  needs: ['xml-request'],
  status: 202,
  cloudStatus: 202,
  requestId: 'r',
  ...members,
});

const projectsIn = (counts: readonly DayCount[]): ReadonlySet<string> => new Set(counts.map(({ key }) => key.project));
const sumOf = (counts: readonly DayCount[]): number =>
  counts.reduce((sum, { answered, failed }) => sum + answered + failed, 0);

test('an exchange counts once for each of its needs, by its status, with the id of the last', () => {
  const { tally, clock } = startTally();
  tally.count(exchange({ needs: ['xml-request', 'suffix'], requestId: 'first' }));
  clock.now += 1000;
  tally.count(exchange({ status: 404, cloudStatus: 404, requestId: 'second' }));
  assert.deepEqual(tally.take(), [
    { key: keyOf(), day: '2026-03-01', answered: 1, failed: 1, first: noon, last: noon + 1000, requestId: 'second' },
    {
      key: keyOf({ reason: 'suffix' }),
      day: '2026-03-01',
      answered: 1,
      failed: 0,
      first: noon,
      last: noon,
      requestId: 'first',
    },
  ]);
});

test('an exchange that needed nothing leaves nothing', () => {
  const { tally } = startTally();
  tally.count(exchange({ needs: [] }));
  assert.equal(tally.size, 0);
  assert.deepEqual(tally.take(), []);
});

test('only what has changed is taken, as the whole count of the day', () => {
  const { tally } = startTally();
  tally.count(exchange());
  tally.count(exchange({ project: 'p2' }));
  assert.equal(tally.take().length, 2);
  assert.deepEqual(tally.take(), []);
  tally.count(exchange());
  assert.deepEqual(
    tally.take().map(({ key, answered }) => [key.project, answered]),
    [['p1', 2]],
  );
  tally.takeAllAgain();
  assert.equal(tally.take().length, 2);
});

test('a day ends at midnight UTC, and its last counts are taken after it', () => {
  const { tally, clock } = startTally();
  tally.count(exchange());
  clock.now = Date.parse('2026-03-02T00:00:00.000Z');
  tally.count(exchange());
  assert.deepEqual(
    tally.take().map(({ day, answered }) => [day, answered]),
    [
      ['2026-03-01', 1],
      ['2026-03-02', 1],
    ],
  );
});

test('a clock that is set back counts on in the later day, whose count must not begin anew', () => {
  const { tally, clock } = startTally();
  tally.count(exchange());
  tally.take();
  clock.now -= dayMs;
  tally.count(exchange());
  assert.deepEqual(
    tally.take().map(({ day, answered }) => [day, answered]),
    [['2026-03-01', 2]],
  );
});

describe('a project is named', () => {
  for (const status of [200, 204, 300, 400, 403, 404, 409, 500])
    test(`if the cloud answered ${status}`, () => {
      const { tally } = startTally();
      tally.count(exchange({ status, cloudStatus: status }));
      assert.deepEqual(projectsIn(tally.take()), new Set(['p1']));
    });

  test('if nothing was sent and it is known, as for a request that a retirement refuses', () => {
    const { tally } = startTally();
    tally.count(exchange());
    tally.take();
    tally.count(exchange({ status: 410, cloudStatus: undefined }));
    assert.deepEqual(
      tally.take().map(({ key, failed }) => [key.project, failed]),
      [['p1', 1]],
    );
  });

  test('if nothing was sent and the ledger has it from a former run', () => {
    const { tally } = startTally();
    tally.prime([keyOf()]);
    tally.count(exchange({ status: 410, cloudStatus: undefined }));
    assert.deepEqual(projectsIn(tally.take()), new Set(['p1']));
  });

  test('also after months without a call', () => {
    const { tally, clock } = startTally();
    tally.count(exchange());
    tally.take();
    clock.now += 80 * dayMs;
    tally.count(exchange({ project: 'p2' }));
    tally.count(exchange({ status: 410, cloudStatus: undefined, isRefused: true }));
    assert.deepEqual(projectsIn(tally.take()), new Set(['p2', 'p1']));
  });

  test('not if the cloud refused the token, or nothing was sent and it is unknown', () => {
    const { tally } = startTally();
    tally.count(exchange({ status: 401, cloudStatus: 401 }));
    tally.count(exchange({ status: 413, cloudStatus: undefined }));
    const reduced = { project: '(unverified)', agent: '(other)', network: '(other)', operation: '(other)' };
    const [count, ...others] = tally.take();
    assert.deepEqual([count?.key, count?.failed, others], [{ ...reduced, reason: 'xml-request' }, 2, []]);
  });

  test('not if it has the form of a row of the ledger', () => {
    const { tally } = startTally();
    for (const project of ['(other)', '(unverified)', '(x']) tally.count(exchange({ project }));
    assert.deepEqual(projectsIn(tally.take()), new Set(['(unverified)']));
  });

  test('as (none) if the path has none, as in a login', () => {
    const { tally } = startTally();
    tally.count(exchange({ project: undefined, agent: undefined, operation: undefined, client: '' }));
    assert.deepEqual(
      tally.take().map(({ key }) => key),
      [keyOf({ project: '(none)', agent: '', network: 'unix', operation: '' })],
    );
  });
});

describe('callers cannot fill the ledger', () => {
  test('strangers of any agent, network, project and member are one row for each reason', () => {
    const { tally } = startTally();
    for (let index = 0; index < 5000; index += 1)
      tally.count(
        exchange({
          project: `p${index}`,
          agent: `agent ${index}`,
          client: `10.${index % 256}.${index >> 8}.1`,
          operation: `GET ${index}`,
          needs: [`dropped:${index}`, 'xml-answer'],
          status: 401,
          cloudStatus: 401,
        }),
      );
    const counts = tally.take();
    assert.deepEqual([counts.length, sumOf(counts), tally.others], [2, 10_000, 0]);
  });

  test('strangers who know a project cannot take the places of its clients by requests that are refused before they are sent', () => {
    const { tally } = startTally(1000);
    tally.count(exchange());
    const unsent = { status: 400, cloudStatus: undefined };
    for (let index = 0; index < 500; index += 1) tally.count(exchange({ ...unsent, agent: `agent ${index}` }));
    for (let index = 0; index < 500; index += 1)
      tally.count(exchange({ ...unsent, status: 410, isRefused: true, agent: `retired ${index}` }));
    tally.count(exchange({ ...unsent }));
    tally.count(exchange({ agent: 'a new client' }));
    const counts = tally.take();
    assert.equal(sumOf(counts), 1003);
    const sums = (agent: string): readonly number[] =>
      counts.filter(({ key }) => key.agent.startsWith(agent)).map(({ answered, failed }) => answered + failed);
    assert.deepEqual([sums('python-novaclient'), sums('a new client'), sums('agent')], [[2], [1], []]);
    // A client that only the retirement has seen is named, as long as there is room.
    assert.equal(sums('retired').length, 50);
  });

  test('projects that a caller invented have one share together, also after a restart', () => {
    const { tally } = startTally(1000);
    const invented = Array.from({ length: 40 }, (_, index) => `invented ${index}`);
    tally.prime(invented.map((project) => keyOf({ project })));
    for (let index = 0; index < 2000; index += 1)
      tally.count(exchange({ project: invented[index % 40], agent: `agent ${index}`, status: 404, cloudStatus: 404 }));
    assert.equal(tally.size, 40 + 50 + 1);
    tally.count(exchange());
    assert.ok(projectsIn(tally.take()).has('p1'));
  });

  test('a project of a former run has its share when the cloud has served it again', () => {
    const { tally } = startTally(1000);
    tally.prime([keyOf()]);
    for (let index = 0; index < 100; index += 1)
      tally.count(exchange({ project: `x${index}`, status: 404, cloudStatus: 404 }));
    tally.count(exchange());
    tally.count(exchange({ agent: 'a new client', status: 404, cloudStatus: 404 }));
    assert.ok(tally.take().some(({ key }) => key.agent === 'a new client'));
  });

  test('a project has a twentieth of the keys, the others still fit, and everything is counted', () => {
    const { tally, filled } = startTally(1000);
    for (let index = 0; index < 500; index += 1) tally.count(exchange({ agent: `agent ${index}` }));
    for (let index = 0; index < 100; index += 1) tally.count(exchange({ project: `other ${index}` }));
    const counts = tally.take();
    assert.equal(sumOf(counts), 600);
    const own = counts.filter(({ key }) => key.project === 'p1');
    assert.deepEqual([own.length, sumOf(own)], [51, 500]);
    assert.deepEqual(
      own.filter(({ key }) => key.agent === '(other)').map(({ key, answered }) => [key.reason, answered]),
      [['xml-request', 450]],
    );
    assert.equal(projectsIn(counts).size, 101);
    assert.deepEqual([tally.others, filled()], [450, 1]);
  });

  test('projects that the cloud never served share the part of one', () => {
    const { tally } = startTally(1000);
    for (let index = 0; index < 500; index += 1)
      tally.count(exchange({ project: `invented ${index}`, status: 400, cloudStatus: 400 }));
    tally.count(exchange());
    const counts = tally.take();
    assert.equal(projectsIn(counts).size, 50 + 2);
    assert.equal(sumOf(counts), 501);
  });

  test('any exchanges are all counted, in a bounded number of keys', () => {
    const exchanges = fc.record({
      project: fc.option(fc.string({ unit: 'binary', maxLength: 80 }), { nil: undefined }),
      agent: fc.option(fc.string({ unit: 'binary', maxLength: 300 }), { nil: undefined }),
      client: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('')),
      operation: fc.option(fc.string(), { nil: undefined }),
      needs: fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }),
      status: fc.constantFrom(200, 404, 499),
      cloudStatus: fc.constantFrom(undefined, 200, 400, 401),
      requestId: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(exchanges, { maxLength: 200 }), (all) => {
        const { tally } = startTally(100);
        for (const each of all) tally.count(each);
        const counts = tally.take();
        assert.equal(
          sumOf(counts),
          all.reduce((sum, { needs }) => sum + needs.length, 0),
        );
        assert.equal(new Set(counts.map(({ key }) => keyTextOf(key))).size, counts.length);
        for (const { key } of counts) {
          for (const text of Object.values(key)) {
            assert.ok(text.isWellFormed() && text.length <= 96);
            assert.doesNotMatch(text, /\p{Cc}/u);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a key that was not seen for a month leaves its place to another', () => {
    const { tally, clock } = startTally(100);
    for (let index = 0; index < 20; index += 1) tally.count(exchange({ project: `p${index}` }));
    tally.take();
    clock.now += 31 * dayMs;
    tally.count(exchange({ project: 'new' }));
    assert.equal(tally.size, 1);
  });

  test('the keys of former runs take places, too', () => {
    const { tally } = startTally(100);
    const keys = Array.from({ length: 200 }, (_, index) => keyOf({ project: `p${index}` }));
    tally.prime(keys);
    assert.equal(tally.size, 100);
    assert.deepEqual(tally.take(), []);
    tally.count(exchange({ project: 'new' }));
    assert.deepEqual([tally.others, tally.size], [1, 101]);
  });
});

test('a network is wide: /24 of IPv4, /48 of IPv6', () => {
  for (const [address, network] of [
    ['192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:DB8::1', '2001:db8::/48'],
    ['2001:0:5::', '2001:0:5::/48'],
    ['2001:db8:0:1::5', '2001:db8::/48'],
    ['::1', '::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['', 'unix'],
  ] as const)
    assert.equal(wideNetworkOf(address), network);
});

test('texts of callers are short and harmless', () => {
  assert.equal(safeText('curl/7.1', 64), 'curl/7.1');
  assert.equal(safeText('a'.repeat(100), 64), 'a'.repeat(64));
  assert.equal(safeText('\u001b[31mred\r\n\u0085', 64), '\uFFFD[31mred\uFFFD\uFFFD\uFFFD');
  assert.equal(safeText('a\ud83d', 64), 'a\uFFFD');
  assert.equal(safeText(`${'a'.repeat(63)}😀`, 64), `${'a'.repeat(63)}\uFFFD`);
  assert.equal(safeText('ab\u202etxt', 64), 'ab\uFFFDtxt');
});
