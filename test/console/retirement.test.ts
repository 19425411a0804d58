// The retirement file as the console shows it: in use, refused, gone, and on a calendar.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { calendarOf } from '../../src/console/retirement/calendar.ts';
import type { RetirementView, WindowRow } from '../../src/console/views/retirement-types.ts';
import { RetirementFileReader } from '../../src/retirement/read/file-reader.ts';
import { readRetirementText } from '../../src/retirement/read/read-file.ts';
import { bearer, callAdmin } from '../server/admin-caller.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-console-retirement-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'Token-of-the-console-of-a-retirement';
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, token);
const day = 86_400_000;
const dateAfter = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

let written = 0;
/** Write a file with a time of change of its own: several changes of a test may fall into one tick of the disk's clock. */
function writeFile(path: string, content: unknown): void {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  utimesSync(path, 1_700_000_000, 1_700_000_000 + (written += 1));
}

const content = {
  deprecation: '2026-01-01',
  sunset: '2090-01-01',
  link: 'https://docs.example.org/way-out',
  timeZone: 'Asia/Kolkata',
  brownouts: [
    { name: 'tried', from: dateAfter(-9), to: dateAfter(-8) },
    { name: 'now', from: dateAfter(-1), to: dateAfter(2), except: [{ project: 'p1' }] },
    { name: 'weekly', every: 'monday', from: '10:00', to: '12:00', since: dateAfter(3) },
  ],
  rules: [
    { name: 'migrated', project: ['p1', 'p2'], from: '2026-01-01' },
    { name: 'end', from: 'sunset' },
  ],
  except: [{ agent: 'backup*' }],
};

describe('the retirement file in the console', () => {
  const path = join(folder, 'retire.json');
  let gateway: TestGateway;
  const get = async <T>(route: string): Promise<T> =>
    JSON.parse((await callAdmin(gateway.adminUrl, route, { headers: bearer(token) })).body) as T;
  before(async () => {
    writeFile(path, content);
    gateway = await startTestGateway(refusingUrl, { GATEWAY_ADMIN_TOKEN_FILE: tokenFile, GATEWAY_RETIRE: path });
  });
  after(() => gateway.stop());

  test('is shown with its dates, its rules and brownouts in words, and its header fields', async () => {
    const { file, mistakes, refused, inUse } = await get<RetirementView>('/api/retirement');
    assert.deepEqual([file, mistakes, refused], [path, [], { byBrownouts: 0, byRules: 0 }]);
    assert.deepEqual(
      [inUse?.timeZone, inUse?.sunset, inUse?.isSunsetEnforced, inUse?.except],
      ['Asia/Kolkata', { utc: '2089-12-31T18:30:00Z', local: '2090-01-01 00:00' }, true, 'agent backup*'],
    );
    assert.deepEqual(
      inUse?.rules.map(({ name, about, isInForce }) => [name, about, isInForce]),
      [
        ['migrated', 'project p1 or p2', true],
        ['end', 'all', false],
      ],
    );
    assert.deepEqual(
      inUse?.brownouts.map(({ about, except }) => [about, except]),
      [
        ['all', null],
        ['all', 'project p1'],
        ['all', null],
      ],
    );
    assert.deepEqual(
      inUse?.headerFields.map(({ name }) => name),
      ['Deprecation', 'Sunset', 'Link'],
    );
  });

  test('has its brownouts on a calendar: those that are over, in force and coming, and those that prove something', async () => {
    const { windows } = await get<{ windows: readonly WindowRow[] }>('/api/retirement/windows');
    assert.deepEqual(
      windows.slice(0, 3).map(({ name, state, isProof }) => [name, state, isProof]),
      // The file has an exception, so that none of them is for everybody.
      [
        ['tried', 'over', false],
        ['now', 'now', false],
        ['weekly', 'coming', false],
      ],
    );
    assert.match(windows[2]?.localFrom ?? '', /^\d{4}-\d\d-\d\d 10:00$/);
    assert.match(windows[2]?.from ?? '', /T04:30:00Z$/);
  });

  test('is shown as it is in use while the file on the disk has mistakes, which are listed, and while it is gone', async () => {
    writeFile(path, {
      ...content,
      sunset: '2027-13-01',
      link: 'https://me:CanarySecret@docs.example.org/?CanarySecret',
    });
    const refused = await get<RetirementView>('/api/retirement');
    assert.equal(refused.inUse?.sunset?.local, '2090-01-01 00:00');
    assert.match(refused.mistakes[0] ?? '', /^sunset is "2027-13-01"; its month must be from 01 to 12/);
    assert.doesNotMatch(JSON.stringify(refused), /CanarySecret/);
    rmSync(path);
    const gone = await get<RetirementView>('/api/retirement');
    assert.deepEqual([gone.changedAt, gone.inUse?.rules.length], [null, 2]);
    assert.match(gone.mistakes[0] ?? '', /ENOENT/);
  });
});

test('a process whose workers use the file knows the last one without mistakes, and of another path none', () => {
  const [path, other] = [join(folder, 'of-workers.json'), join(folder, 'other.json')];
  const reader = new RetirementFileReader();
  writeFile(path, { rules: [{ name: 'first', from: '2027-01-01' }] });
  assert.equal(reader.read(path).inUse?.rules[0]?.name, 'first');
  writeFile(path, '{');
  assert.deepEqual([reader.read(path).inUse?.rules[0]?.name, reader.read(path).mistakes.length], ['first', 1]);
  writeFile(path, { rules: [] });
  assert.deepEqual([reader.read(path).inUse?.rules, reader.read(path).mistakes], [[], []]);
  writeFile(other, '[]');
  assert.deepEqual([reader.read(other).inUse, reader.read(other).mistakes.length], [undefined, 1]);
});

test('the calendar of a hundred brownouts that recur each week is bounded, and lets others run meanwhile', async () => {
  const { brownouts } = readRetirementText(
    '-',
    JSON.stringify({
      timeZone: 'Europe/Berlin',
      brownouts: Array.from({ length: 100 }, (_, at) => ({
        name: `b${at}`,
        every: 'monday',
        from: '10:00',
        to: '12:00',
      })),
    }),
  );
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const windows = await calendarOf(brownouts, Date.parse('2027-06-01T00:00:00Z'));
  clearInterval(timer);
  assert.equal(windows.length, 500);
  assert.ok(turns > 20, `${turns} turns`);
});
