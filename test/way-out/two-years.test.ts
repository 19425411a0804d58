import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import { at, brownout, calls, each, reportAt, run, type Call, type Simulated } from './simulated.ts';

/** The last day of each month, ten minutes before midnight. */
function monthEnds(from: string, months: number): readonly number[] {
  const start = new Date(at(from));
  return Array.from({ length: months }, (_, month) =>
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month + 1, 0, 23, 50),
  );
}

/** A client, and the days for which its silence must last. */
interface Client {
  readonly name: string;
  readonly calls: readonly Call[];
  readonly waitDays: number;
}

const clients: readonly Client[] = [
  {
    name: 'monthly, on the last day of the month, and so on a leap day',
    calls: calls(monthEnds('2023-11-01', 17), { project: 'monthly' }),
    waitDays: 95,
  },
  {
    name: 'weekly',
    calls: calls(each(at('2023-11-06T09:00'), at('2025-01-10'), 7), { project: 'weekly' }),
    waitDays: 30,
  },
  {
    name: 'back after 80 days',
    calls: calls([at('2024-12-12'), at('2024-12-13'), at('2025-03-03')], { project: 'rare' }),
    waitDays: 240,
  },
  {
    name: 'with another agent each week',
    calls: each(at('2023-11-07T20:00'), at('2025-02-01'), 7).flatMap((time, week) =>
      calls([time], { project: 'builds', agent: `build/${week}` }),
    ),
    waitDays: 30,
  },
  {
    name: 'a project that migrates to another one, and then away',
    calls: [
      ...calls(each(at('2023-11-01T03:00'), at('2024-06-15'), 1), { project: 'before' }),
      ...calls(each(at('2024-06-20T03:00'), at('2025-04-10'), 1), { project: 'after' }),
    ],
    waitDays: 95,
  },
];

const begin = at('2023-11-01');
const end = at('2027-03-01');
const twoYears: Simulated = {
  calls: clients.flatMap((client) => client.calls),
  runs: [
    run(begin, at('2024-05-10T10:00')),
    // Three days without data, and a gateway that was killed.
    run(at('2024-05-13T10:00'), at('2025-05-20T11:00'), false),
    run(at('2025-05-20T11:01'), at('2028-01-01')),
  ],
  // The first one comes while the rare client is silent.
  brownouts: [brownout(at('2025-02-20')), brownout(at('2026-03-10'))],
};

const lastDayOf = (client: Client): number => Math.max(...client.calls.map(({ time }) => time));

test('in two years, day by day, it is never safe before the last call, its wait and a brownout', () => {
  const over = Math.max(...clients.map((client) => lastDayOf(client) + client.waitDays * dayMs));
  const seen: string[] = [];
  for (let now = begin + dayMs; now < end; now += dayMs) {
    const { verdict } = reportAt(now, twoYears);
    if (seen.at(-1)?.split(' ')[1] !== verdict.kind)
      seen.push(`${new Date(now).toISOString().slice(0, 10)} ${verdict.kind}`);
    if (verdict.kind !== 'safe') continue;
    assert.ok(now > over, new Date(now).toISOString());
    assert.ok(now >= at('2026-03-11'));
  }
  // The rare client has the longest wait, which the gateway that was killed on 2025-05-20 began anew.
  assert.deepEqual(seen, ['2023-11-02 needed', '2025-05-23 waiting', '2026-01-19 announce', '2026-03-12 safe']);
});

for (const client of clients) {
  test(`a client ${client.name} is never called gone before its last call and its wait`, () => {
    for (let now = begin + dayMs; now < end; now += dayMs) {
      const { rows, verdict } = reportAt(now, { ...twoYears, calls: client.calls });
      const isOver = now > lastDayOf(client) + client.waitDays * dayMs;
      if (!isOver) assert.notEqual(verdict.kind, 'safe', new Date(now).toISOString());
      for (const row of rows.needing) {
        const last = Math.max(
          ...client.calls.filter(({ key }) => key.project === row.name.project).map(({ time }) => time),
        );
        if (now <= last + client.waitDays * dayMs)
          assert.ok(['active', 'fading', 'tested'].includes(row.state), `${row.name.project} ${dayText(now / dayMs)}`);
      }
    }
  });
}
