import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const tool = join(import.meta.dirname, '../../tools/coverage-api.ts');
const folder = mkdtempSync(join(tmpdir(), 'samples-'));

const attachment = { device: '/dev/vdb', serverId: 's', id: 'v', volumeId: 'v' };
const attributes = 'id="v" volumeId="v" device="/dev/vdb" serverId="s"';
const both = (json: unknown, xml: string): string => JSON.stringify({ json, xml });

const samples: Readonly<Record<string, string>> = {
  // A different order of attributes and a different layout.
  'volumes/full.json': JSON.stringify({ volumeAttachment: attachment }),
  'volumes/full.xml': `<?xml version="1.0"?>\n<volumeAttachment ${attributes}>\n</volumeAttachment>\n`,
  'volumes/other-values.json': both(
    { volumeAttachment: { ...attachment, serverId: 't' } },
    `<volumeAttachment ${attributes}/>`,
  ),
  'volumes/missing.json': both(
    { volumeAttachment: { ...attachment, size: 7, zone: null } },
    `<volumeAttachment ${attributes} size="7" zone="None"/>`,
  ),
  // A different prefix for the same URI, None for null, a space and a zone in the time.
  'spelling.json': both(
    { instanceAction: { action: 'reboot', message: null, start_time: '2012-12-05T01:00:00.000000', events: [] } },
    '<instanceAction action="reboot" start_time="2012-12-05 01:00:00+00:00" message="None"/>',
  ),
  'prefixes.json': both(
    { metadata: { a: 'b' } },
    '<c:metadata xmlns:c="http://docs.openstack.org/compute/api/v1.1"><c:meta key="a">b</c:meta></c:metadata>',
  ),
  'request.json': JSON.stringify([
    {
      sample: 'as-elements',
      xml: '<evacuate><onSharedStorage>False</onSharedStorage></evacuate>',
      body: { evacuate: { onSharedStorage: 'False' } },
    },
  ]),
  'zoo/zebra.json': both({ zebra: { stripes: 3 } }, '<zebra stripes="3"/>'),
  'zoo/broken.json': both({ zebra: {} }, '<zebra>'),
  'zoo/alone.xml': '<zebra/>',
  'zoo/alone.json.json': '{',
};

interface Found {
  readonly pair: string;
  readonly operations: readonly string[];
  readonly outcome: string;
  readonly written: { readonly missing: readonly string[]; readonly otherValues: readonly string[] };
  readonly read: { readonly missing: readonly string[]; readonly otherValues: readonly string[] };
}

interface Surveyed {
  readonly matches: readonly Found[];
  readonly unmatched: readonly string[];
  readonly unreadable: readonly string[];
  readonly others: readonly string[];
}

let surveyed: Surveyed = { matches: [], unmatched: [], unreadable: [], others: [] };

before(() => {
  for (const [path, text] of Object.entries(samples)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  surveyed = JSON.parse(run(folder, '--json').out) as Surveyed;
});
after(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], { encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

function found(pair: string): Found | undefined {
  return surveyed.matches.find((match) => match.pair === pair);
}

test('a pair whose members are all described matches in both directions', () => {
  const full = found('volumes/full');
  assert.equal(full?.outcome, 'both ways');
  assert.ok(full.operations.includes('showVolumeAttachment'));
});

test('layout, prefixes, None and the format of times are not differences', () => {
  for (const name of ['spelling', 'prefixes']) assert.equal(found(name)?.outcome, 'both ways', name);
});

test('a request may have an attribute or a child element for the same member', () => {
  assert.equal(found('request/as-elements')?.outcome, 'both ways');
});

test('other values are distinguished from other members', () => {
  const other = found('volumes/other-values');
  assert.equal(other?.outcome, 'same form');
  assert.deepEqual(other.written.otherValues, ['volumeAttachment@serverId']);
  assert.deepEqual(other.read.otherValues, ['volumeAttachment.serverId']);
});

test('a member that is not described is reported with its path in both directions', () => {
  const missing = found('volumes/missing');
  assert.equal(missing?.outcome, 'differs');
  assert.deepEqual(missing.written.missing, ['volumeAttachment@size', 'volumeAttachment@zone']);
  assert.deepEqual(missing.read.missing, ['volumeAttachment.size', 'volumeAttachment.zone']);
});

test('unknown messages, unreadable files and files without a counterpart are listed', () => {
  const { unmatched, unreadable, others } = surveyed;
  assert.deepEqual(unmatched, ['zoo/zebra']);
  assert.deepEqual(unreadable, ['zoo/broken']);
  assert.deepEqual(others, ['zoo/alone.json.json (not JSON)', 'zoo/alone.xml']);
});

test('the text report has the same content, and the exit code is 0', () => {
  const { status, out } = run(folder);
  assert.equal(status, 0);
  assert.match(out, /11 files, 8 pairs; 6 of them are messages/);
  assert.match(out, /showVolumeAttachment +1 +1 +1\n/);
  assert.match(out, /written, missing: volumeAttachment@size, .+\n +read, missing: volumeAttachment\.size, .+\n/);
  assert.match(out, /Pairs of no operation:\n +zoo \(1\): zebra\n/);
});

test('a missing or unreadable folder ends with a message and exit code 2', () => {
  const missing = run(join(folder, 'nowhere'));
  assert.equal(missing.status, 2);
  assert.match(missing.err, /^The folder .*nowhere cannot be read: .+\n$/);
  const none = run();
  assert.equal(none.status, 2);
  assert.match(none.err, /^Usage: /);
});
