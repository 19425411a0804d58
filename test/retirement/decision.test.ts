import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as check, constantFrom, property, string } from 'fast-check';
import type { LedgerKey } from '../../src/ledger/entry.ts';
import { globCheck } from '../../src/retirement/glob.ts';
import { retirementFields } from '../../src/retirement/header-fields.ts';
import { networkRangeIn, overlapOf, type NetworkRange } from '../../src/retirement/network-range.ts';
import { brownoutWindows } from '../../src/retirement/past-windows.ts';
import { readRetirement } from '../../src/retirement/read/read-retirement.ts';
import type { RetirementFile } from '../../src/retirement/retirement-file.ts';
import { Retirement } from '../../src/retirement/retirement.ts';
import { subjectOfKey } from '../../src/retirement/row-subject.ts';
import type { Subject } from '../../src/retirement/selection.ts';

function fileOf(content: unknown): RetirementFile {
  const read = readRetirement(content);
  return 'file' in read ? read.file : assert.fail(read.mistakes.join('\n'));
}

const range = (text: string): NetworkRange => networkRangeIn(text) ?? assert.fail(text);

const subject = (given: Partial<Omit<Subject, 'network'>> & { readonly network?: string } = {}): Subject => ({
  project: 'p1',
  agent: 'python-novaclient',
  reasons: ['xml-request'],
  ...given,
  network: range(given.network ?? '192.0.2.7'),
});

/** Names what refuses a subject at a time. */
const refusal = (file: RetirementFile, at: string, given: Subject = subject()): string | undefined =>
  new Retirement(file).decide(given, Date.parse(at))?.name;

const matches = (wanted: string, reasons: readonly string[]): boolean =>
  new Retirement({
    ...fileOf({}),
    rules: [{ name: 'r', from: 0, selection: { reason: [wanted] }, except: [] }],
  }).decide(subject({ reasons }), 1) !== undefined;

const agree = (pattern: string, text: string): boolean => globCheck(pattern)(text);

test('a brownout refuses every exchange that needs the gateway, from its beginning to before its end', () => {
  const file = fileOf({ brownouts: [{ from: '2027-03-01T10:00', to: '2027-03-01T12:00' }] });
  assert.equal(refusal(file, '2027-03-01T09:59:59.999Z'), undefined);
  assert.equal(refusal(file, '2027-03-01T10:00Z'), 'brownouts.0');
  assert.equal(refusal(file, '2027-03-01T11:59:59.999Z'), 'brownouts.0');
  assert.equal(refusal(file, '2027-03-01T12:00Z'), undefined);
  assert.deepEqual(new Retirement(file).decide(subject(), Date.parse('2027-03-01T11:00Z')), {
    by: 'brownout',
    name: 'brownouts.0',
    since: Date.parse('2027-03-01T10:00Z'),
    until: Date.parse('2027-03-01T12:00Z'),
  });
});

test('a brownout may be about some exchanges only, and spare others', () => {
  const file = fileOf({
    brownouts: [
      {
        name: 'xml',
        from: '2027-03-01',
        to: '2027-03-02',
        only: [{ reason: ['xml-request'] }, { agent: 'Java*' }],
        except: [{ project: 'p2' }],
      },
    ],
  });
  const at = '2027-03-01T11:00Z';
  assert.equal(refusal(file, at), 'xml');
  assert.equal(refusal(file, at, subject({ project: 'p2' })), undefined);
  assert.equal(refusal(file, at, subject({ reasons: ['other'] })), undefined);
  assert.equal(refusal(file, at, subject({ reasons: ['other'], agent: 'Java/1.6' })), 'xml');
});

test('a rule refuses what agrees with all of its members, from its time on and without an end', () => {
  const file = fileOf({
    sunset: '2027-07-01',
    rules: [
      { name: 'lab', project: ['p1', 'p3'], agent: 'python-*', network: '192.0.2.0/24', from: '2027-02-01' },
      { name: 'all', from: 'sunset', except: [{ network: 'unix' }, { project: 'p9', reason: 'xml-request' }] },
    ],
  });
  assert.equal(refusal(file, '2027-01-31T23:59Z'), undefined);
  assert.equal(refusal(file, '2027-02-01T00:00Z'), 'lab');
  for (const given of [{ project: 'p2' }, { agent: 'curl/8' }, { network: '192.0.3.1' }, { network: 'unix' }])
    assert.equal(refusal(file, '2027-06-30T23:59Z', subject(given)), undefined);
  assert.equal(refusal(file, '2027-07-01T00:00Z', subject({ project: 'p2' })), 'all');
  assert.equal(refusal(file, '2199-12-31T00:00Z', subject({ agent: '', network: '2001:db8::1' })), 'all');
  assert.equal(refusal(file, '2027-07-01T00:00Z', subject({ network: 'unix' })), undefined);
  assert.equal(refusal(file, '2027-07-01T00:00Z', subject({ project: 'p9' })), undefined);
  assert.equal(refusal(file, '2027-07-01T00:00Z', { ...subject(), project: undefined }), 'all');
});

test('a sunset alone refuses nothing', () => {
  assert.equal(refusal(fileOf({ sunset: '2027-07-01' }), '2030-01-01T00:00Z'), undefined);
});

test('an exception of the file holds against rules and brownouts', () => {
  const file = fileOf({
    brownouts: [{ every: 'monday', from: '00:00', to: '24:00' }],
    rules: [{ from: '2027-01-01' }],
    except: [{ project: 'p1' }],
  });
  assert.equal(refusal(file, '2027-03-01T11:00Z'), undefined);
  assert.equal(refusal(file, '2027-03-01T11:00Z', subject({ project: 'p2' })), 'rules.0');
});

test('of two brownouts at a time the one that ends last says when to come back', () => {
  const file = fileOf({
    brownouts: [
      { name: 'short', every: 'monday', from: '10:00', to: '11:00' },
      { name: 'long', every: 'first monday', from: '10:30', to: '12:00' },
    ],
  });
  assert.equal(refusal(file, '2027-03-01T10:15Z'), 'short');
  assert.equal(refusal(file, '2027-03-01T10:45Z'), 'long');
  assert.equal(refusal(file, '2027-03-08T10:45Z'), 'short');
});

test('a clock that is put back gets the decision of its time', () => {
  const retirement = new Retirement(fileOf({ brownouts: [{ from: '2027-03-01T10:00', to: '2027-03-01T12:00' }] }));
  const at = (text: string): string | undefined => retirement.decide(subject(), Date.parse(text))?.name;
  assert.deepEqual(['2027-03-01T13:00Z', '2027-03-01T11:00Z', '2027-03-01T09:00Z', '2027-03-01T11:59Z'].map(at), [
    undefined,
    'brownouts.0',
    undefined,
    'brownouts.0',
  ]);
});

test('a reason without its member stands for all its members, and one with it for itself', () => {
  assert.ok(matches('spelling', ['spelling:accessIPv4']));
  assert.ok(matches('spelling:accessIPv4', ['url-reference', 'spelling:accessIPv4']));
  assert.ok(!matches('spelling:accessIPv6', ['spelling:accessIPv4']));
  assert.ok(!matches('spelling', ['spellings:accessIPv4', 'spell']));
});

test('a pattern takes any characters for each star, and never goes back', () => {
  assert.ok(agree('python-*', 'python-novaclient'));
  assert.ok(agree('*', ''));
  assert.ok(agree('a*b*c', 'abc') && agree('a*b*c', 'axxbbxc') && agree('*b*', 'abc'));
  assert.ok(!agree('a*a', 'a') && !agree('ab*ba', 'aba') && !agree('*b*', 'ac') && !agree('a.c', 'abc'));
  assert.ok(agree('a*ab', 'aab') && agree('*ab*ab', 'abab') && !agree('*ab*ab', 'ab'));
  const started = performance.now();
  assert.ok(!globCheck(`${'*a'.repeat(5000)}b`)('a'.repeat(50_000)));
  assert.ok(performance.now() - started < 500);
});

test('a pattern agrees with what the regular expression of the same meaning does', () => {
  check(
    property(
      string({ unit: constantFrom('a', 'b', '*') }),
      string({ unit: constantFrom('a', 'b') }),
      (pattern, text) => {
        assert.equal(globCheck(pattern)(text), new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a network holds addresses of its family, whole or in part', () => {
  for (const [holder, held, overlap] of [
    ['192.0.2.0/24', '192.0.2.7', 'whole'],
    ['192.0.2.0/24', '192.0.3.7', 'none'],
    ['192.0.2.128/25', '192.0.2.0/24', 'part'],
    ['0.0.0.0/0', '10.0.0.1', 'whole'],
    ['0.0.0.0/0', '::1', 'none'],
    ['::/0', '10.0.0.1', 'none'],
    ['10.0.0.0/8', '::ffff:10.1.2.3', 'whole'],
    ['192.0.2.0/24', '::ffff:c000:209', 'whole'],
    ['192.0.2.0/24', '0:0:0:0:0:FFFF:c000:0209', 'whole'],
    ['::ffff:192.0.2.0/120', '192.0.2.9', 'whole'],
    ['::/0', '::ffff:c000:209', 'none'],
    ['::fffe:0:0/95', '10.0.0.1', 'none'],
    ['2001:db8::/32', '2001:db8:1:2::3', 'whole'],
    ['2001:db8:8000::/33', '2001:db8:1::', 'none'],
    ['2001:db8:8000::/33', '2001:db8::/32', 'part'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201', 'whole'],
    ['unix', 'unix', 'whole'],
    ['unix', '10.0.0.1', 'none'],
  ] as const)
    assert.equal(overlapOf(range(holder), range(held)), overlap, `${holder} ${held}`);
  assert.equal(networkRangeIn('')?.family, 'unix');
  for (const text of [
    '192.0.2.1/24',
    '10.0.0.0/33',
    '10.0.0',
    'fe80::1%eth0',
    '::/129',
    'host',
    '10.0.0.0/8/8',
    '2001:db8::1/64',
    '1.2.3.4/-1',
  ])
    assert.equal(networkRangeIn(text), undefined, text);
});

test('the header fields are those of RFC 9745, 8594 and 8288', () => {
  assert.deepEqual(
    retirementFields(
      fileOf({
        deprecation: '2027-01-01T00:00Z',
        sunset: '2027-07-01T02:00',
        timeZone: 'Europe/Berlin',
        link: 'https://docs.example.org/way-out',
        sunsetLink: 'https://docs.example.org/dates',
        successorLink: 'https://compute.example.org/v2.1/',
      }),
    ),
    {
      Deprecation: '@1798761600',
      Sunset: 'Thu, 01 Jul 2027 00:00:00 GMT',
      Link: [
        '<https://docs.example.org/way-out>; rel="deprecation"; type="text/html"',
        '<https://docs.example.org/dates>; rel="sunset"; type="text/html"',
        '<https://compute.example.org/v2.1/>; rel="successor-version"',
      ],
    },
  );
  assert.deepEqual(retirementFields(fileOf({})), {});
});

test('the windows of brownouts within a stretch of time are listed in order', () => {
  const file = fileOf({
    brownouts: [
      { name: 'weekly', every: 'monday', from: '10:00', to: '12:00' },
      { name: 'day', from: '2027-03-02', to: '2027-03-03' },
    ],
  });
  const found = brownoutWindows(
    file,
    { from: Date.parse('2027-03-01T11:00Z'), to: Date.parse('2027-03-09T00:00Z') },
    9,
  );
  assert.deepEqual(
    found.map(({ name, from }) => `${name} ${new Date(from).toISOString().slice(0, 16)}`),
    ['weekly 2027-03-01T10:00', 'day 2027-03-02T00:00', 'weekly 2027-03-08T10:00'],
  );
});

test('a decision among thousands of rules takes some microseconds', () => {
  const retirement = new Retirement(
    fileOf({
      rules: Array.from({ length: 5000 }, (_, at) => ({ project: `p${at}`, agent: 'Java*', from: '2027-01-01' })),
      brownouts: [
        {
          every: 'monday',
          from: '00:00',
          to: '24:00',
          except: [{ agent: Array.from({ length: 200 }, (_, at) => `agent-${at}*`) }],
        },
      ],
    }),
  );
  const monday = Date.parse('2027-03-01T11:00Z');
  const decide = (): number => {
    const started = process.threadCpuUsage();
    for (let at = 0; at < 1000; at += 1)
      assert.equal(retirement.decide(subject({ project: 'p4999' }), monday)?.by, 'brownout');
    const { user, system } = process.threadCpuUsage(started);
    return (user + system) / 1000;
  };
  decide();
  assert.ok(Math.min(...Array.from({ length: 10 }, decide)) < 50, 'below 50 us each');
});

test('a row of the ledger that stands for several callers, or for a network, is perhaps selected', () => {
  const retirement = new Retirement(
    fileOf({
      rules: [
        { name: 'project', project: 'p1', from: '2027-01-01' },
        { name: 'agent', agent: 'Java*', from: '2027-01-01', except: [{ network: '192.0.2.128/25' }] },
        { name: 'all', from: '2027-01-01', except: [{ project: 'p2' }] },
      ],
    }),
  );
  const verdicts = (key: Partial<LedgerKey>): readonly string[] => {
    const hits = retirement.hitsOf(
      subjectOfKey({
        project: 'p1',
        agent: 'Java/1.6',
        network: '192.0.2.0/24',
        operation: 'rebuild',
        reason: 'xml-request',
        ...key,
      }),
    );
    return ['project', 'agent', 'all'].map((rule) => {
      const { match, isSpared = false } = hits.find(({ name }) => name === rule) ?? { match: 'no' };
      return isSpared ? 'spared' : match;
    });
  };
  assert.deepEqual(verdicts({}), ['yes', 'maybe', 'yes']);
  assert.deepEqual(verdicts({ network: '198.51.100.0/24', project: 'p2' }), ['no', 'yes', 'spared']);
  assert.deepEqual(verdicts({ project: '(unverified)', agent: '(other)', network: '(other)' }), [
    'maybe',
    'maybe',
    'maybe',
  ]);
  assert.deepEqual(verdicts({ project: '(none)', agent: 'curl' }), ['no', 'no', 'yes']);
  // It works without the gateway, so that it does not count.
  assert.deepEqual(verdicts({ reason: 'path-v2' }), ['no', 'no', 'no']);
});
