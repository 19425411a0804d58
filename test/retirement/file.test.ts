import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readRetirementFile, RetirementFileError } from '../../src/retirement/read/read-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'retire-'));
after(() => rmSync(folder, { recursive: true }));

/** Returns the mistakes of a file with this text; none for a good one. */
function mistakesOf(text: string | Buffer): readonly string[] {
  const path = join(folder, 'retire.json');
  writeFileSync(path, text);
  try {
    readRetirementFile(path);
    return [];
  } catch (error) {
    if (!(error instanceof RetirementFileError)) throw error;
    return error.mistakes;
  }
}

const mistakesIn = (content: unknown): readonly string[] => mistakesOf(JSON.stringify(content));

test('a file without members is good and refuses nothing', () => {
  assert.deepEqual(mistakesIn({}), []);
  assert.deepEqual(mistakesOf('\uFEFF{}\n'), []);
});

test('every mistake is listed at once, with its path, its value and its mend', () => {
  assert.deepEqual(
    mistakesIn({
      Deprecation: '2027-01-01',
      sunset: '2027-02-29',
      link: 'ftp://example.org',
      timeZone: 'Berlin',
      needs: 'some',
      brownouts: [
        { from: '2027-03-01T12:00', to: '2027-03-01T10:00' },
        { every: 'Monday', from: '10:00', to: '25:00' },
        { every: 'monday', from: '10:00', to: '10:00' },
        { from: '2027-03-01', until: '2027-04-01' },
        'monday',
      ],
      rules: [
        { project: 'p*', from: 'sunset' },
        { network: '192.0.2.1/24' },
        { reason: 'xml', from: '2027-01-01', 'a b\n': 1 },
        { reason: 'xml-request:name', agent: 7, from: 1 },
        { name: 'x\r\ny', from: '2027-01-01', except: [{}] },
      ],
      except: {},
    }),
    [
      'Deprecation is no member of the file; write deprecation.',
      'timeZone is "Berlin"; it must be a time zone by its IANA name, such as Europe/Berlin.',
      'needs is "some"; it must be breaking or all.',
      'sunset is "2027-02-29"; February 2027 has the days from 01 to 28.',
      'brownouts.1.every is "Monday"; write monday.',
      'brownouts.1.to is "25:00"; it must be a time from 00:00 to 24:00.',
      'brownouts.2.to is "10:00"; the brownout is empty: write 00:00 to 24:00 for a whole day.',
      'brownouts.3.until needs every beside it; remove it.',
      'brownouts.3 has no to; it must be a date, such as 2027-03-31, or a date with a time, such as 2027-03-31T10:00.',
      'brownouts.4 is "monday"; it must be an object with members such as name.',
      'rules.0.project is "p*"; a project has no *: write its whole id.',
      'rules.0.from is "sunset"; the file has no sunset that can be read: give one.',
      'rules.1.network is "192.0.2.1/24"; it must be an address, a network such as 192.0.2.0/24, or unix, without bits behind its length.',
      'rules.1 has no from; it must be a date, such as 2027-03-31, or a date with a time, such as 2027-03-31T10:00, or sunset for the time of the sunset.',
      'rules.2."a b\\n" is no member of the file; remove it, or use one of name, from, project, agent, network, reason, except.',
    ].concat(
      mistakesIn({ rules: [{ reason: 'xml', from: '2027-01-01' }] }).map((each) => each.replace('rules.0', 'rules.2')),
      [
        'rules.3.agent is 7; it must be a User-Agent, such as python-novaclient*, or a list of such texts that is not empty.',
        'rules.3.reason is "xml-request:name"; write xml-request, because this reason is not about a member.',
        'rules.3.from is 1; it must be a date, such as 2027-03-31, or a date with a time, such as 2027-03-31T10:00, or sunset for the time of the sunset.',
        'rules.4.except.0 selects everything; give it one of project, agent, network, reason.',
        'rules.4.name is "x\\r\\ny"; it must be a name of at most 64 letters, digits, spaces, _, - and ..',
        'except is an object; it must be a list, in brackets.',
        'link is "ftp://example.org"; it must be a URL of http or https, such as https://docs.example.org/way-out.',
      ],
    ),
  );
});

test('a brownout that is empty, or overlaps another of the same exchanges, is a mistake', () => {
  const one = { from: '2027-03-01T10:00', to: '2027-03-01T12:00' };
  assert.deepEqual(mistakesIn({ brownouts: [one] }), []);
  assert.deepEqual(mistakesIn({ brownouts: [{ ...one, to: one.from }] }), [
    'brownouts.0.to is "2027-03-01T10:00"; the brownout is empty: it must be later than from (2027-03-01T10:00:00Z).',
  ]);
  // 02:30 does not occur on that day, and counts as 03:30.
  assert.equal(
    mistakesIn({
      timeZone: 'Europe/Berlin',
      brownouts: [{ from: '2027-03-28T02:30', to: '2027-03-28T03:00' }],
    }).length,
    1,
  );
  assert.deepEqual(mistakesIn({ brownouts: [one, { from: '2027-03-01T11:00', to: '2027-03-01T13:00' }] }), [
    'brownouts.1 overlaps brownouts.0, which is about the same exchanges; make one of them.',
  ]);
  assert.deepEqual(
    mistakesIn({ brownouts: [one, { from: '2027-03-01T11:00', to: '2027-03-01T13:00', only: [{ project: 'p' }] }] }),
    [],
  );
  assert.deepEqual(mistakesIn({ brownouts: [one, { from: one.to, to: '2027-03-01T13:00' }] }), []);
});

test('a name that is given twice is a mistake', () => {
  assert.deepEqual(
    mistakesIn({
      rules: [
        { name: 'a', from: '2027-01-01' },
        { name: 'a', project: 'p', from: '2027-01-01' },
      ],
    }),
    ['the name "a" stands in the file twice; give one of them another.'],
  );
});

test('a sunset before the deprecation is a mistake', () => {
  assert.deepEqual(mistakesIn({ deprecation: '2027-02-01', sunset: '2027-01-01' }), [
    'sunset is "2027-01-01"; it must not be before deprecation (2027-02-01T00:00:00Z).',
  ]);
});

test('a link cannot end its header field, or hold what others must not see', () => {
  for (const link of [
    'https://a/\r\nSet-Cookie: a=b',
    'https://a/>; rel="x"',
    'https://a/"x',
    'https://user:secret@a/',
    'https://ä.example/',
    'javascript:alert(1)',
    '//a/',
    'https://',
    `https://a/${'x'.repeat(1100)}`,
    ' https://a/',
    '',
  ]) {
    const found = mistakesIn({ link });
    assert.equal(found.length, 1, link);
    assert.ok(!found[0]?.includes('secret'), link);
  }
  assert.deepEqual(mistakesIn({ link: 'https://a.example:8443/x?y=%20z#w' }), []);
});

test('hostile files are refused in short time', () => {
  assert.match(mistakesOf(Buffer.alloc(1_048_577, 32))[0] ?? '', /more than 1024 KiB/);
  assert.match(mistakesOf('['.repeat(100_000))[0] ?? '', /nesting is too deep/);
  assert.match(mistakesOf('{"a":1')[0] ?? '', /ends too early/);
  assert.match(mistakesOf(Buffer.from([0xff, 0xfe]))[0] ?? '', /UTF-8/);
  assert.deepEqual(mistakesOf('{"rules": [], "rules": []}'), ['rules stands in the file twice; remove one of them.']);
  assert.match(mistakesOf('{"__proto__": {"needs": "all"}}')[0] ?? '', /^__proto__ is no member/);
  assert.match(mistakesOf('{"except": [{"__proto__": ["x"]}]}')[0] ?? '', /^except\.0\.__proto__ is no member/);
  assert.match(mistakesOf('[]')[0] ?? '', /^the whole is an array; it must be an object/);
  assert.match(
    mistakesIn({ rules: Array.from({ length: 5001 }, () => ({})) })[0] ?? '',
    /^rules has 5001 items; 5000 are allowed/,
  );
  assert.match(
    mistakesIn({ rules: Array.from({ length: 201 }, (_, at) => ({ name: `${at}`, from: '2027-01-01' })) })[0] ?? '',
    /201 rules without project; 200/,
  );
  assert.match(
    mistakesIn({ except: [{ agent: Array.from({ length: 501 }, () => 'a') }] })[0] ?? '',
    /501 agents and networks without a project; 500/,
  );
  assert.match(
    mistakesIn({ except: Array.from({ length: 501 }, (_, at) => ({ project: 'p', agent: `a${at}*` })) })[0] ?? '',
    /^project p has 501 agents with \* and networks; 500 are allowed/,
  );
  assert.match(mistakesIn({ except: [{ agent: '*'.repeat(5000) }] })[0] ?? '', /at most 255 characters/);
  assert.match(mistakesIn({ except: [{ agent: `${'a'.repeat(65)}*` }] })[0] ?? '', /only the first 64 characters/);
  const many = mistakesIn({ brownouts: Array.from({ length: 100 }, () => ({})) });
  assert.equal(many.length, 51);
  assert.equal(many.at(-1), 'There are 150 more mistakes.');
});

test('a file that is not there, or no file, is told', () => {
  for (const [path, wanted] of [
    [join(folder, 'missing.json'), /There is no such file/],
    [folder, /It is no regular file/],
  ] as const)
    assert.throws(
      () => readRetirementFile(path),
      (error) => error instanceof RetirementFileError && wanted.test(error.message),
    );
});

test('the example is a good file', () => {
  readRetirementFile(join(import.meta.dirname, '../../examples/retire.json'));
});
