import * as fc from 'fast-check';
import type { DayCount, LedgerRun } from '../../src/ledger/entry.ts';
import type { LedgerChange } from './ledger-model.ts';

const dayMs = 86_400_000;
const firstDay = Date.parse('2026-02-26T00:00:00Z');
const days = 12;
const dayOf = (number: number): string => new Date(firstDay + number * dayMs).toISOString().slice(0, 10);

const someDay = fc.integer({ min: 0, max: days });
const small = fc.integer({ min: 0, max: 9 });

/** Texts that a store may take for something else: quotes, formats of JSON, nothing, long ones and other scripts. */
const words = fc.constantFrom(
  '',
  'a',
  `'; DROP TABLE x; --`,
  '{"a":[1,null]}',
  '\\N',
  'curl/8.1 "x"\t{}',
  'é漢😀',
  'x'.repeat(64),
);

const someKey = fc.record(
  {
    project: fc.constantFrom('p1', 'p2', '(unverified)'),
    agent: words,
    network: fc.constantFrom('10.0.0.0/24', '2001:db8::/48', 'unix'),
    operation: fc.constantFrom('rebuild', 'reboot'),
    reason: fc.constantFrom('xml-request', 'dropped:foo'),
  },
  { noNullPrototype: true },
);

const someCount: fc.Arbitrary<DayCount> = fc
  .record({ key: someKey, number: someDay, answered: small, failed: small, refused: small, from: small, length: small })
  .map(({ key, number, answered, failed, refused, from, length }) => {
    const first = firstDay + number * dayMs + from;
    // The id follows from the time, so that two exchanges of the same time have one id, in any order.
    return {
      key,
      day: dayOf(number),
      answered,
      failed,
      ...(refused > 0 && { refused }),
      first,
      last: first + length,
      requestId: `req-${first + length}`,
    };
  });

const someRun: fc.Arbitrary<LedgerRun> = fc
  .record({
    boot: fc.constantFrom('run-1', 'run-2', 'run-3'),
    stored: someDay,
    isClosed: fc.boolean(),
    others: small,
    lost: fc.option(fc.tuple(someDay, small)),
  })
  .map(({ boot, stored, isClosed, others, lost }) => ({
    instance: `host of ${boot}`,
    boot,
    version: '1.0.0',
    startedAt: firstDay,
    storedAt: firstDay + stored * dayMs,
    isClosed,
    others,
    ...(lost !== null && { lost: { from: firstDay + lost[0] * dayMs, until: firstDay + lost[0] * dayMs + lost[1] } }),
  }));

const someWrite: fc.Arbitrary<LedgerChange> = fc
  .record({ run: someRun, counts: fc.array(someCount, { maxLength: 8 }) })
  .map(({ run, counts }) => ({
    kind: 'write',
    // A run is stored after its last exchange was counted.
    run: { ...run, storedAt: Math.max(run.storedAt, ...counts.map(({ last }) => last)) },
    counts,
  }));

const someTrim: fc.Arbitrary<LedgerChange> = fc
  .record({ before: someDay, forgotten: someDay })
  .map(({ before, forgotten }) => ({
    kind: 'trim',
    beforeDay: dayOf(before),
    forgottenBefore: dayOf(Math.min(before, forgotten)),
  }));

const someForget: fc.Arbitrary<LedgerChange> = fc.record({
  kind: fc.constant('forget'),
  project: fc.constantFrom('p1', 'p2'),
});

/** Writes of several runs, each of them once. */
export const someWrites: fc.Arbitrary<LedgerChange[]> = fc.array(someWrite, { minLength: 1, maxLength: 12 });

/** Writes, some of them late or twice, and removals between them. */
export const someChanges: fc.Arbitrary<LedgerChange[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: someWrite },
    { weight: 2, arbitrary: someTrim },
    { weight: 1, arbitrary: someForget },
  ),
  { minLength: 1, maxLength: 14 },
);

/** The same writes in another order, some of them repeated: what retries and a slow network make of them. */
export function disturbed(writes: readonly LedgerChange[]): fc.Arbitrary<LedgerChange[]> {
  const order = fc.shuffledSubarray([...writes], { minLength: writes.length, maxLength: writes.length });
  return fc.tuple(order, fc.subarray([...writes])).map(([all, again]) => [...all, ...again]);
}
