import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayText } from '../../src/ledger/days.ts';
import { at, brownout, calls, each, reportAt, run, type Simulated } from './simulated.ts';

const always = [run(at('2024-01-01'), at('2028-01-01'))];

/** A client that calls every third day in the middle of months, for more than a month: no gap is as long as a month. */
const everyThirdDay = (from: string, until: string): Simulated => ({
  calls: calls(each(at(`${from}T08:00`), at(until), 3)),
  runs: always,
});

test('silence alone is never safe', () => {
  const client = everyThirdDay('2024-02-01', '2024-06-01');
  for (const now of each(at('2024-06-01'), at('2027-06-01'), 7)) {
    assert.notEqual(reportAt(now, client).verdict.kind, 'safe');
  }
  const { verdict } = reportAt(at('2027-06-01'), client);
  assert.deepEqual([verdict.kind, verdict.holds.map(({ kind }) => kind)], ['announce', ['no-brownout']]);
});

test('a brownout of a day after the last call proves it, and a shorter or an earlier one does not', () => {
  const client = everyThirdDay('2024-02-01', '2024-06-01');
  const now = at('2024-12-01');
  const kinds = [
    brownout(at('2024-11-01')),
    brownout(at('2024-11-01'), 23),
    brownout(at('2024-05-20')),
    brownout(now - 3_600_000),
    { ...brownout(at('2024-11-01')), isForAll: false },
  ].map((one) => reportAt(now, { ...client, brownouts: [one] }).verdict.kind);
  assert.deepEqual(kinds, ['safe', 'announce', 'announce', 'announce', 'announce']);
});

test('a client in its rhythm is needed, then waited for until a date, and the date names it', () => {
  const client = everyThirdDay('2024-02-01', '2024-06-01');
  assert.equal(reportAt(at('2024-06-03'), client).verdict.kind, 'needed');
  const { verdict } = reportAt(at('2024-07-01'), client);
  assert.equal(verdict.kind, 'waiting');
  const [hold] = verdict.holds;
  assert.ok(hold?.kind === 'silence');
  assert.equal(hold.silence.wait.reason, 'month-turn');
  assert.equal(dayText(hold.silence.lastDay), '2024-05-31');
  assert.equal(dayText(hold.overOn), '2024-09-04');
  assert.equal(verdict.earliest, hold.overOn);
});

test('a rare client among busy ones of the same project is not overlooked', () => {
  const busy = calls(each(at('2024-01-02T10:00'), at('2025-01-01'), 1));
  const rare = calls([at('2024-03-10T01:00'), at('2024-06-18T01:00')], { agent: 'jclouds/1.5' });
  const { verdict } = reportAt(at('2025-03-20'), { calls: [...busy, ...rare], runs: always });
  const [hold] = verdict.holds;
  assert.ok(hold?.kind === 'silence');
  assert.equal(hold.silence.wait.days, 3 * 101);
  assert.equal(hold.silence.of.agent, 'jclouds/1.5');
});

test('a client whose agent changes with each call is judged by its network', () => {
  const changing = each(at('2024-02-10'), at('2024-12-01'), 80).flatMap((time, index) =>
    calls([time], { agent: `job/${index}` }),
  );
  const { verdict } = reportAt(at('2025-01-20'), { calls: changing, runs: always });
  const [hold] = verdict.holds;
  assert.ok(hold?.kind === 'silence' || hold?.kind === 'active');
  assert.equal(hold.silence.wait.days, 3 * 81);
});

test('days without data, and a gateway that was killed, begin the wait again', () => {
  const client = everyThirdDay('2024-02-01', '2024-06-01');
  const proof = [brownout(at('2024-09-10'))];
  const now = at('2024-11-20');
  const stopped = [run(at('2024-01-01'), at('2024-10-01')), run(at('2024-10-03T12:00'), at('2028-01-01'))];
  const killed = [run(at('2024-01-01'), at('2024-10-01T10:00'), false), run(at('2024-10-01T10:01'), at('2028-01-01'))];
  const restarted = [run(at('2024-01-01'), at('2024-10-01T10:00')), run(at('2024-10-01T10:02'), at('2028-01-01'))];
  const found = [stopped, killed, restarted].map((runs) => reportAt(now, { ...client, runs, brownouts: proof }));
  assert.deepEqual(
    found.map(({ verdict, coverage }) => [
      verdict.kind,
      ...coverage.gaps.map(({ first, last, reason }) => `${reason} ${dayText(first)} ${dayText(last)}`),
    ]),
    [['waiting', 'none 2024-10-01 2024-10-03'], ['waiting', 'cut 2024-10-01 2024-10-01'], ['safe']],
  );
});

test('counts that were lost hold as days without data, even if their gateway ended in order', () => {
  const client = everyThirdDay('2024-02-01', '2024-06-01');
  const lost = { from: at('2024-10-01T10:00'), until: at('2024-10-04T23:00') };
  const runs = [{ ...run(at('2024-01-01'), at('2024-10-05')), lost }, run(at('2024-10-05'), at('2028-01-01'))];
  const found = [at('2024-10-02'), at('2025-01-07'), at('2025-01-08')].map((now) =>
    reportAt(now, { ...client, runs, brownouts: [brownout(at('2024-10-02')), brownout(at('2024-12-01'))] }),
  );
  assert.deepEqual(
    found.map(({ coverage }) =>
      coverage.gaps.map(({ first, last, reason }) => `${reason} ${dayText(first)} ${dayText(last)}`),
    ),
    [['lost 2024-10-01 2024-10-02'], ['lost 2024-10-01 2024-10-04'], ['lost 2024-10-01 2024-10-04']],
  );
  assert.deepEqual(
    found.map(({ verdict }) => verdict.kind),
    ['waiting', 'waiting', 'safe'],
  );
});

test('a young ledger is not safe, even if it never saw a call', () => {
  const runs = [run(at('2024-01-01'), at('2028-01-01'))];
  const verdictAt = (text: string): string =>
    reportAt(at(text), { calls: [], runs, brownouts: [brownout(at('2024-02-01'))] }).verdict.kind;
  assert.deepEqual(['2024-04-05', '2024-04-06'].map(verdictAt), ['waiting', 'safe']);
  assert.equal(reportAt(at('2024-04-06'), { calls: [], runs: [] }).verdict.kind, 'no-data');
});

test('a call that a brownout refused needs the gateway, whoever sent it', () => {
  const proof = [brownout(at('2024-09-10'))];
  const refused = calls([at('2024-09-10T12:00')], { project: 'new' }, 'refused');
  const unknown = calls([at('2024-09-10T12:00')], { project: '(unverified)' }, 'refused');
  for (const some of [refused, unknown]) {
    const { verdict } = reportAt(at('2024-11-01'), { calls: some, runs: always, brownouts: proof });
    assert.equal(verdict.kind, 'waiting');
  }
});

test('a client that knew only an outage of the cloud is awaited, and one that always fails is not', () => {
  const outage = each(at('2024-03-05T08:00'), at('2024-03-08'), 1);
  const often = each(at('2024-03-05T08:00'), at('2024-04-05'), 1);
  const monthly = [at('2024-03-05T08:00'), at('2024-04-05T08:00')];
  const found = [outage, often, monthly].map((times) =>
    ['2024-03-08', '2024-06-01', '2024-06-11', '2024-07-12'].map((text) => {
      const brownouts = [brownout(at('2024-04-10'))];
      const some = { calls: calls(times, { project: 'p' }, 'failed'), runs: always, brownouts };
      return reportAt(at(text), some).verdict.kind;
    }),
  );
  assert.deepEqual(found, [
    ['needed', 'waiting', 'safe', 'safe'],
    ['needed', 'safe', 'safe', 'safe'],
    ['needed', 'waiting', 'waiting', 'safe'],
  ]);
});

test('calls that all failed, that do not break, or that anybody can send, are shown apart and hold nothing back', () => {
  const times = each(at('2024-02-01'), at('2024-12-01'), 1);
  const { verdict, rows } = reportAt(at('2024-12-01'), {
    calls: [...calls(times, { project: 'failing' }, 'failed'), ...calls(times, { project: '(unverified)' })],
    runs: always,
    brownouts: [brownout(at('2024-11-01'))],
  });
  assert.equal(verdict.kind, 'safe');
  assert.deepEqual(
    Object.entries(rows).map(([kind, found]) => [kind, ...found.map(({ name }) => name.project)]),
    [['needing'], ['notBreaking'], ['failing', 'failing'], ['unverified', '(unverified)']],
  );
});
