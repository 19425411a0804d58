// The documents of the ledger for the console, made in a thread from each kind of store.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NeedsView, ProjectsView, ProjectView, WayOutView } from '../../src/console/views/ledger-types.ts';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import { at, reportAt } from '../way-out/simulated.ts';
import { begin, fill, now, openAsked, places, twoYears } from './asked-ledger.ts';

for (const { name, skip, place } of places) {
  test(`the documents of two years ${name} say what the report says`, { skip }, async (context) => {
    const { store, ask } = await openAsked(context, await place(context));
    await fill(store, twoYears);
    const wayOut = JSON.parse((await ask('/api/way-out')).text) as WayOutView;
    const report = reportAt(now, twoYears);
    assert.equal(wayOut.verdict.kind, report.verdict.kind);
    assert.equal(wayOut.verdict.earliest, dayText(report.verdict.earliest ?? 0));
    assert.equal(wayOut.verdict.holds.length + wayOut.verdict.moreHolds, report.verdict.holds.length);
    assert.deepEqual(wayOut.projects, { left: 1, total: 2 });
    assert.deepEqual(
      wayOut.reasons.map(({ reason, kind, projectsLeft }) => `${reason} ${kind} ${projectsLeft}`),
      ['xml-request needing 1', 'spelling needing 1', 'suffix needing 0', 'path-v2 notBreaking 1'],
    );
    assert.equal(wayOut.unverified?.calls, 1);
    assert.deepEqual(wayOut.daysWithoutData, [{ first: '2025-02-01', last: '2025-02-04', reason: 'none' }]);
    const projects = JSON.parse((await ask('/api/projects', 'kind=needing')).text) as ProjectsView;
    assert.deepEqual(
      projects.projects.map(({ project, state, answered }) => `${project} ${state} ${answered}`),
      report.rows.needing.map((row) => `${row.name.project} ${row.state} ${row.answered}`),
    );
  });
}

/** Return the place of a day in the burn-down. */
const on = (day: string): number => (at(day) - begin) / dayMs;

test('the burn-down counts for each day who called in the thirty days before, and the calls of that day', async (context) => {
  const { store, ask } = await openAsked(context, 'memory');
  await fill(store, twoYears);
  const { burnDown } = JSON.parse((await ask('/api/way-out')).text) as WayOutView;
  const [all, ...reasons] = burnDown.series;
  assert.equal(burnDown.from, '2024-05-21');
  assert.equal(all?.projects.length, 731);
  assert.equal(all?.reason, null);
  const suffix = reasons.find(({ reason }) => reason === 'suffix');
  // The client of each thirtieth day is left from its first call until 29 days after its last one.
  assert.equal(suffix?.projects[on('2024-05-31')], 0);
  assert.equal(suffix?.projects[on('2024-06-01')], 1);
  assert.equal(suffix?.projects[on('2024-12-15')], 1);
  assert.equal(suffix?.projects[on('2025-10-24')], 1);
  assert.equal(suffix?.projects[on('2025-11-24')], 0);
  assert.equal(suffix?.calls[on('2024-07-01')], 1);
  assert.equal(suffix?.calls[on('2024-07-02')], 0);
  assert.equal(all?.projects[on('2024-06-01')], 2);
  const { text } = await ask('/api/way-out/days.csv');
  assert.match(text, /^day,reason,projects,clients,calls,isComplete\r\n2026-05-21,\(all\),1,1,0,true\r\n/);
  assert.match(text, /\r\n2025-02-02,suffix,1,1,0,false\r\n/);
});

test('a project whose name has a slash and other scripts is found by its percent-encoded path', async (context) => {
  const { store, ask } = await openAsked(context, 'memory');
  await fill(store, twoYears);
  const path = `/api/projects/${encodeURIComponent('größe/日本')}`;
  const project = JSON.parse((await ask(path)).text) as ProjectView;
  assert.equal(project.row?.project, 'größe/日本');
  assert.equal(project.days.length, 18);
  assert.deepEqual(project.days[0], { day: '2024-06-01', needing: 1, notBreaking: 0, failed: 0 });
  assert.deepEqual(
    project.reasons.rows.map(({ reason }) => reason),
    ['suffix'],
  );
  assert.match((await ask(`${path}/days.csv`)).text, /^day,needing,notBreaking,failed\r\n2024-06-01,1,0,0\r\n/);
  const unknown = JSON.parse((await ask('/api/projects/nobody')).text) as ProjectView;
  assert.equal(unknown.row, null);
});

test('a table is filtered, ordered and paged by its query, and says how many rows there are', async (context) => {
  const { store, ask } = await openAsked(context, 'memory');
  await fill(store, twoYears);
  const needs = async (query: string): Promise<NeedsView> =>
    JSON.parse((await ask('/api/needs', query)).text) as NeedsView;
  assert.equal((await needs('')).total, 5);
  const page = await needs('sort=calls&limit=2&offset=1');
  assert.deepEqual([page.total, page.limit, page.offset, page.needs.length], [5, 2, 1, 2]);
  assert.deepEqual(
    (await needs('project=daily&by=reason')).needs.map(({ reason }) => reason),
    ['xml-request', 'spelling:accessIPv4'],
  );
  assert.deepEqual(
    (await needs('reason=spelling')).needs.map(({ project }) => project),
    ['daily'],
  );
  assert.deepEqual(
    (await needs('q=%E6%97%A5')).needs.map(({ project }) => project),
    ['größe/日本'],
  );
  assert.equal((await needs('state=left&kind=needing')).total, 2);
  for (const query of ['by=nothing', 'state=here', 'kind=all', 'sort=up', 'limit=many']) {
    const { status, text } = await ask('/api/needs', query);
    assert.equal(status, 400, query);
    assert.match(text, /"code":"EINVAL"/);
  }
});

test('a ledger that has just begun has no rows, and says so', async (context) => {
  const { store, ask } = await openAsked(context, 'memory');
  const empty = JSON.parse((await ask('/api/way-out')).text) as WayOutView;
  assert.equal(empty.verdict.kind, 'no-data');
  assert.equal(empty.dataSince, null);
  await store.close();
});

test('a store that is away is 503 with its reason, and after a reading the last data with the reason beside', async (context) => {
  const { ask } = await openAsked(context, 'postgres://gateway:Canary-password@127.0.0.1:9/ledger');
  const { status, text } = await ask('/api/projects');
  assert.equal(status, 503);
  assert.match(text, /"code":"ECONNREFUSED"/);
  assert.doesNotMatch(text, /Canary/);
});
