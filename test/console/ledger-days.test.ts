// Guards: the days of a query (`from` and `to`) of the tables of the ledger, with each kind of store.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  ClientsView,
  NeedsView,
  ProjectsView,
  ProjectView,
  WayOutView,
} from '../../src/console/views/ledger-types.ts';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import { at, calls, countOf } from '../way-out/simulated.ts';
import { begin, fill, now, openAsked, places, twoYears, type AskedLedger } from './asked-ledger.ts';

/** Ask for a document. */
async function read<T>({ ask }: AskedLedger, path: string, query = ''): Promise<T> {
  const { status, text } = await ask(path, query);
  assert.equal(status, 200, text);
  return JSON.parse(text) as T;
}

const onDay = (day: string): string => `from=${day}&to=${day}`;

for (const { name, skip, place } of places) {
  test(
    `the rows of a day ${name} have the numbers of that day, and the judgment of all days`,
    { skip },
    async (context) => {
      const asked = await openAsked(context, await place(context));
      await fill(asked.store, twoYears);
      const all = await read<NeedsView>(asked, '/api/needs', 'project=daily&reason=xml-request');
      const { total, needs } = await read<NeedsView>(asked, '/api/needs', onDay('2024-06-01'));
      assert.equal(total, 2);
      assert.deepEqual(
        needs.map(
          ({ project, reason, state, answered, daysSeen }) => `${project} ${reason} ${state} ${answered} ${daysSeen}`,
        ),
        ['daily xml-request active 1 1', 'größe/日本 suffix quiet 1 1'],
      );
      const [daily] = needs;
      assert.equal(daily?.first, '2024-06-01T08:00:00.000Z');
      assert.equal(daily?.last, '2024-06-01T08:00:00.000Z');
      assert.equal(daily?.lastRequest, `req-${at('2024-06-01T08:00')}`);
      assert.equal(daily?.quietOn, all.needs[0]?.quietOn);
      assert.equal(all.needs[0]?.answered, 730);
      const month = await read<NeedsView>(
        asked,
        '/api/needs',
        'from=2026-05-01&to=2026-05-20&project=daily&by=project',
      );
      assert.deepEqual(
        month.needs.map(({ answered, daysSeen }) => [answered, daysSeen]),
        [[20, 20]],
      );
    },
  );

  test(`each day of a calendar ${name} has the calls of its rows`, { skip }, async (context) => {
    const asked = await openAsked(context, await place(context));
    await fill(asked.store, twoYears);
    const { days } = await read<ProjectView>(asked, '/api/projects/modern');
    assert.equal(days.length, 105);
    for (const { day, needing, notBreaking, failed } of days.filter((_, index) => index % 10 === 0)) {
      const { needs } = await read<NeedsView>(asked, '/api/needs', `project=modern&${onDay(day)}`);
      const sum = (kind: string): number =>
        needs.filter((row) => row.kind === kind).reduce((all, { answered }) => all + answered, 0);
      assert.deepEqual([sum('needing'), sum('notBreaking')], [needing, notBreaking], day);
      assert.equal(
        needs.reduce((all, row) => all + row.failed, 0),
        failed,
      );
    }
    assert.equal((await read<NeedsView>(asked, '/api/needs', `project=modern&${onDay('2024-05-22')}`)).total, 0);
  });

  test(`each point of the burn-down ${name} has as many rows as it says`, { skip }, async (context) => {
    const asked = await openAsked(context, await place(context));
    await fill(asked.store, twoYears);
    const { burnDown } = await read<WayOutView>(asked, '/api/way-out');
    for (const place of [0, 11, 400, 548, 730])
      for (const { reason, breaks, projects, clients, calls: answered } of burnDown.series) {
        const day = dayText(begin / dayMs + place);
        const from = dayText(begin / dayMs + place - burnDown.windowDays + 1);
        const only = `kind=${breaks ? 'needing' : 'notBreaking'}${reason === null ? '' : `&reason=${reason}`}`;
        const asOf = `${only}&from=${from}&to=${day}`;
        assert.equal(
          (await read<ProjectsView>(asked, '/api/projects', asOf)).total,
          projects[place],
          `${asOf} projects`,
        );
        assert.equal((await read<ClientsView>(asked, '/api/clients', asOf)).total, clients[place], `${asOf} clients`);
        const ofDay = await read<ProjectsView>(asked, '/api/projects', `${only}&${onDay(day)}`);
        const sum = ofDay.projects.reduce((all, row) => all + row.answered, 0);
        assert.equal(sum, answered[place], `${asOf} calls`);
      }
  });
}

test('the rows of days are paged, and all of them are in the CSV', async (context) => {
  const asked = await openAsked(context, 'memory');
  const names = Array.from({ length: 1500 }, (_, index) => `project-${String(index).padStart(4, '0')}`);
  const time = at('2026-05-20T10:00');
  await fill(asked.store, { ...twoYears, calls: names.flatMap((project) => calls([time], { project })) });
  const page = await read<NeedsView>(asked, '/api/needs', `${onDay('2026-05-20')}&limit=9999&offset=1000&sort=name`);
  assert.deepEqual([page.total, page.limit, page.needs.length], [1500, 1000, 500]);
  assert.equal(page.needs[0]?.project, 'project-1000');
  const { text } = await asked.ask('/api/needs.csv', onDay('2026-05-20'));
  assert.equal(text.trim().split('\r\n').length, 1501);
});

test('calls of a gateway whose clock is ahead are those of today, and a call after the reading is not lost', async (context) => {
  const asked = await openAsked(context, 'memory');
  await fill(asked.store, twoYears);
  const [run] = twoYears.runs;
  assert.ok(run !== undefined);
  const [tomorrow] = calls([now + dayMs], { project: 'ahead' }).map(countOf);
  assert.ok(tomorrow !== undefined);
  await asked.store.write(run, [tomorrow]);
  const rows = async (query: string): Promise<readonly string[]> =>
    (await read<NeedsView>(asked, '/api/needs', query)).needs.map(({ project = '' }) => project);
  assert.deepEqual(await rows(onDay('2026-05-21')), ['ahead']);
  assert.deepEqual(await rows(onDay('2026-05-20')), ['daily']);
  const [late] = calls([at('2026-05-19T09:00')], { project: 'late' }).map(countOf);
  assert.ok(late !== undefined);
  await asked.store.write(run, [late]);
  // The last reading, which answers for ten seconds, does not know it yet.
  assert.deepEqual((await rows(onDay('2026-05-19'))).toSorted(), ['daily', 'daily', 'late', 'modern']);
});

test('days that are none, or the wrong way round, are refused in words', async (context) => {
  const asked = await openAsked(context, 'memory');
  for (const [query, message] of [
    ['from=yesterday', 'from must be a day in UTC, such as 2026-01-31.'],
    ['to=2026-02-30', 'to must be a day in UTC, such as 2026-01-31.'],
    ['from=2026-05-02&to=2026-05-01', 'from must not be after to.'],
  ] as const) {
    const { status, text } = await asked.ask('/api/needs', query);
    assert.equal(status, 400, query);
    assert.deepEqual(JSON.parse(text), { error: { code: 'EINVAL', message } });
  }
  assert.equal((await asked.ask('/api/needs', 'from=2026-05-01')).status, 200);
});
