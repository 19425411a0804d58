// Protects wait.ts and proof.ts: what was seen for a short time, and what may not be stored yet, proves nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import { at, brownout, calls, each, reportAt, run } from './simulated.ts';

const runs = [run(at('2023-10-01'), at('2028-01-01'))];

test('a client that was seen each week for five weeks, never at the turn of a month, is awaited for more than 80 days', () => {
  const weekly = each(at('2024-02-06T09:00'), at('2024-03-06'), 7);
  const back = at('2024-03-05T09:00') + 80 * dayMs;
  const history = {
    calls: calls([...weekly, back]),
    runs,
    brownouts: each(at('2024-03-08'), at('2024-05-20'), 3).map((time) => brownout(time)),
  };
  for (let now = at('2024-03-06T12:00'); now < back; now += dayMs)
    assert.notEqual(reportAt(now, history).verdict.kind, 'safe', new Date(now).toISOString());
});

test('a client that was seen for more than 95 days is awaited for three times its longest gap', () => {
  const before = [...each(at('2024-01-03'), at('2024-01-30'), 7), ...each(at('2024-02-03'), at('2024-02-29'), 7)];
  const weekly = [
    ...before,
    ...each(at('2024-03-05'), at('2024-03-29'), 7),
    ...each(at('2024-04-04'), at('2024-04-26'), 7),
  ];
  const [row] = reportAt(at('2024-05-10'), { calls: calls(weekly), runs }).rows.needing;
  assert.equal(row?.silence.wait.days, 33);
  assert.equal(dayText(row.silence.overOn), '2024-05-29');
});

test('a brownout proves something when its last calls must have been stored', () => {
  const history = {
    calls: calls(each(at('2023-11-06T09:00'), at('2024-05-01'), 7)),
    runs,
    brownouts: [brownout(at('2025-01-06'))],
  };
  const end = at('2025-01-07');
  assert.equal(reportAt(end + 14 * 60_000, history).verdict.kind, 'announce');
  assert.equal(reportAt(end + 15 * 60_000, history).verdict.kind, 'safe');
});
