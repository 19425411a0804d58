import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { LogFields } from '../../src/observe/log.ts';
import { rangeOfCaller } from '../../src/retirement/network-range.ts';
import { readRetirementFile } from '../../src/retirement/read/read-file.ts';
import { RetirementWatch } from '../../src/server/retirement/retirement-watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'retire-'));
after(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'retire.json');
writeFileSync(
  path,
  JSON.stringify({
    brownouts: [
      { name: 'morning', from: '2027-03-01T10:00', to: '2027-03-01T12:00' },
      { name: 'evening', from: '2027-03-01T20:00', to: '2027-03-01T22:00' },
    ],
  }),
);

const subject = { project: 'p', agent: 'a', network: rangeOfCaller('192.0.2.1'), reasons: ['xml-request'] };

test('each brownout begins and ends once in the log, with the number of exchanges that it refused', () => {
  const lines: (readonly [event: string, fields: LogFields | undefined])[] = [];
  const keep = (event: string, fields?: LogFields): void => void lines.push([event, fields]);
  const log = { info: keep, warn: keep, error: keep, writeLine: () => undefined, close: () => Promise.resolve() };
  let now = '2027-03-01T09:00Z';
  const watch = new RetirementWatch(
    { log, metrics: { setReload: () => undefined, setCertificate: () => undefined } },
    () => Date.parse(now),
  );
  const refuse = (): void => {
    const { retirement, onRefusal } = watch.current() ?? assert.fail();
    const refusal = retirement.decide(subject, Date.parse(now));
    if (refusal !== undefined) onRefusal(refusal);
  };
  watch.use({ retire: path }, readRetirementFile(path));
  try {
    refuse();
    for (const time of ['2027-03-01T10:00Z', '2027-03-01T10:01Z']) {
      now = time;
      watch.observe();
      refuse();
    }
    now = '2027-03-01T12:00:03Z';
    watch.observe();
    watch.observe();
    // A refusal before the timer has seen the beginning.
    now = '2027-03-01T20:00:01Z';
    refuse();
    now = '2027-03-01T21:00Z';
    // The same file, read again.
    watch.use({ retire: path }, readRetirementFile(path));
    watch.stopWatching();
    watch.close();
  } finally {
    watch.stopWatching();
  }
  const morning = { brownout: 'morning', from: '2027-03-01T10:00:00.000Z', until: '2027-03-01T12:00:00.000Z' };
  const evening = { brownout: 'evening', from: '2027-03-01T20:00:00.000Z', until: '2027-03-01T22:00:00.000Z' };
  assert.deepEqual(lines, [
    ['a brownout began', morning],
    ['a brownout ended', { ...morning, refused: 2, isCut: false }],
    ['a brownout began', evening],
    ['a brownout ended', { ...evening, refused: 1, isCut: true }],
  ]);
});
