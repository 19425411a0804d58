import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { translateCommand } from '../../src/cli/translate/translate.ts';
import { needReasons } from '../../src/need-reasons.ts';
import { profiles } from '../../src/upstream/profiles/profiles.ts';
import { documentAt } from '../support/documents.ts';
import { inputPath, page, runProgram, runShell } from './run-program.ts';

/** The part of the data that tests read. */
interface Data {
  readonly place: string;
  readonly operation: string | null;
  readonly outcome: string;
  readonly caller: { readonly body: string };
  readonly before: readonly { readonly method: string }[];
  readonly cloud: {
    readonly method: string;
    readonly target: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  } | null;
  readonly answer: { readonly status: number; readonly body: string } | null;
  readonly fault: string | null;
  readonly notes: readonly { readonly member: string; readonly outcome: string }[];
  readonly needs: readonly { readonly need: string; readonly breaks: boolean; readonly cure: string }[];
}

const translate = (...args: readonly string[]): ReturnType<typeof runProgram> =>
  runProgram(['translate', '--profile', 'nova', ...args]);

const translateSeed = (environment: Readonly<Record<string, string>>): ReturnType<typeof runProgram> =>
  runProgram(['translate', inputPath('seed-rebuild.http')], { environment });

/** The character that begins a change of colour. */
const escape = '\u001b';

/** Translate and read the data. */
async function dataFor(...args: readonly string[]): Promise<readonly Data[]> {
  const { code, stdout, stderr } = await translate('--json', ...args);
  assert.ok(code === 0 || code === 1, stderr);
  assert.equal(stderr, '');
  return JSON.parse(stdout) as readonly Data[];
}

describe('translate', () => {
  test('--profile allows each kind of cloud, and no other', () => {
    const { choices = [] } = translateCommand.options.find(({ name }) => name === 'profile') ?? {};
    assert.deepEqual(choices.toSorted(), Object.keys(profiles).toSorted());
  });

  test('a rebuild of the legacy API guide gives the page that is kept', async () => {
    const { code, stdout, stderr } = await translate(inputPath('seed-rebuild.http'));
    assert.deepEqual([code, stderr], [0, '']);
    const [shown, needs = ''] = stdout.split('\nIt needs the gateway:\n');
    assert.equal(shown, page('seed-rebuild.out'));
    for (const need of ['xml-request', 'xml-answer', 'path-v2'] as const) {
      assert.match(needs, new RegExp(`^ {2}${need}\\b`, 'm'));
      assert.ok(needs.replaceAll(/\s+/g, ' ').includes(`Change: ${needReasons[need].cure}`), need);
    }
  });

  test('the exchange of the README gives the request and the notes that the README shows', async () => {
    const [sent = '', received = '', answered = ''] = [
      ...documentAt('README.md').text.matchAll(/^```http\n([\s\S]*?)^```$/gm),
    ].map(([, block]) => block);
    const { stdout } = await runProgram(['translate', '--profile', 'ecs', '--json', '--show-secrets'], { stdin: sent });
    const [{ cloud, notes, before }] = JSON.parse(stdout) as [Data];
    const [head = '', body = ''] = received.split('\n\n');
    assert.equal(`${cloud?.method} ${cloud?.target}`, head.split('\n')[0]);
    assert.equal(cloud?.headers['openstack-api-version'], 'compute 2.57');
    const [start = '', end = ''] = body.trim().split('…');
    assert.ok(cloud.body.startsWith(start.trim()) && cloud.body.endsWith(end), cloud.body);
    const [, noted = ''] = /Gateway-Translation: (.*)/.exec(answered) ?? [];
    assert.equal(
      notes.map(({ member, outcome }) => `${member};${outcome}`).join(', '),
      noted.replaceAll(/="[^"]*"/g, ''),
    );
    assert.deepEqual(
      before.map(({ method }) => method),
      ['GET'],
    );
  });

  test('a file of several requests, with comments and variables, is translated request by request', async () => {
    const all = await dataFor(inputPath('several.http'));
    assert.deepEqual(
      all.map(({ place, operation, outcome }) => [place, operation, outcome]),
      [
        ['line 6', 'rebuild', 'translated'],
        ['line 16', 'listServers', 'translated'],
        ['line 20', 'GET flavors', 'forwarded'],
      ],
    );
    const needs = all.map((each) => each.needs.map(({ need }) => need));
    for (const need of ['xml-request', 'xml-answer', 'path-v2']) assert.ok(needs[0]?.includes(need), need);
    assert.deepEqual(needs[1], ['path-v1.1', 'suffix', 'xml-answer']);
    assert.deepEqual(needs[2], []);
    assert.equal(all[1]?.cloud?.target, '/v2.1/6f70656e737461636b20342065766572/servers?limit=2');
  });

  for (const [name, ...options] of [
    ['curl-v.txt', '--body', inputPath('body.xml')],
    ['curl-trace-ascii.txt'],
    ['curl-trace.txt'],
    ['body.xml', '--operation', 'rebuild'],
    ['capture.har', '--entry', '1'],
  ] as const)
    test(`${name} gives the same request to the cloud as the other captures of it`, async () => {
      const [translation, ...others] = await dataFor(...options, inputPath(name));
      assert.deepEqual([translation?.outcome, others], ['translated', []]);
      assert.deepEqual(JSON.parse(translation?.cloud?.body ?? ''), {
        rebuild: { imageRef: '70a599e0-31e7-49b7-b260-868f441e862b', name: 'traced', adminPass: '***' },
      });
    });

  test('command lines of curl are read as a shell reads them, with their quotes and continued lines', async () => {
    const all = await dataFor(inputPath('commands.sh'));
    assert.deepEqual(
      all.map(({ place, operation, outcome }) => [place, operation, outcome]),
      [
        ['line 1', 'rebuild', 'translated'],
        ['line 4', 'listServers', 'translated'],
        ['line 5', 'logIn', 'translated'],
      ],
    );
    assert.match(all[0]?.cloud?.body ?? '', /"name": "it's"/);
    assert.equal(all[1]?.cloud?.target, '/v2.1/6f70656e737461636b20342065766572/servers?limit=1');
  });

  test('a HAR is translated entry by entry; the exit code is 1 if one is refused', async () => {
    const { code, stdout } = await translate('--json', inputPath('capture.har'));
    assert.equal(code, 1);
    assert.deepEqual(
      (JSON.parse(stdout) as readonly Data[]).map(({ place, outcome }) => [place, outcome]),
      [
        ['entry 1', 'translated'],
        ['entry 2', 'forwarded'],
        ['entry 3', 'refused'],
      ],
    );
  });

  test('requests as on the wire, one behind the other, with a body in chunks, are all found', async () => {
    const first = readFileSync(inputPath('raw-rebuild.http'), 'latin1').trimEnd();
    const chunked = first.replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked').split(/\r?\n\r?\n/);
    const [head = '', body = ''] = chunked;
    const second = `${head}\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const { stdout } = await runProgram(['translate', '--profile', 'nova', '--json', '-'], {
      stdin: `${first}\r\n${second}`,
    });
    const all = JSON.parse(stdout) as readonly Data[];
    assert.deepEqual(
      all.map(({ operation, outcome }) => [operation, outcome]),
      [
        ['rebuild', 'translated'],
        ['rebuild', 'translated'],
      ],
    );
    assert.equal(all[0]?.cloud?.body, all[1]?.cloud?.body);
    assert.ok(all[1]?.needs.some(({ need }) => need === 'chunked-request'));
  });

  test('a request that would be refused shows the fault that its caller gets, with exit code 1', async () => {
    const { code, stdout } = await translate(inputPath('refused.http'));
    assert.equal(code, 1);
    assert.match(stdout, /is refused: nothing is sent/);
    assert.match(stdout, /The caller gets \(invalid-member\):\n {2}HTTP\/1\.1 400 Bad Request\n/);
    assert.match(stdout, /<badRequest code="400"/);
  });

  test('a login becomes one of v3, and its password is masked', async () => {
    const [login] = await dataFor(inputPath('login.http'));
    assert.deepEqual([login?.operation, login?.cloud?.target], ['logIn', '/v3/auth/tokens']);
    assert.doesNotMatch(JSON.stringify(login), /secret/);
  });

  test('no secret is shown unless it is asked for', async () => {
    for (const [name, ...options] of [
      ['seed-rebuild.http'],
      ['several.http'],
      ['body.xml', '--operation', 'rebuild'],
      ['capture.har'],
      ['commands.sh'],
      ['curl-trace.txt'],
    ] as const)
      for (const form of [[], ['--json']]) {
        const { stdout } = await translate(...form, ...options, inputPath(name));
        assert.doesNotMatch(stdout, /canary|seekr3t|ICAgICAgDQ|aGVsbG8K/, name);
        assert.match(stdout, /\*\*\*/, name);
      }
    const { stdout } = await translate('--show-secrets', inputPath('seed-rebuild.http'));
    assert.match(stdout, /canary-token[\s\S]*seekr3t[\s\S]*ICAgICAgDQ/);
  });

  test('the settings of the environment decide: profile, handling, quotas', async () => {
    const { code, stdout } = await translateSeed({ GATEWAY_UPSTREAM_PROFILE: 'ecs', GATEWAY_HANDLING: 'strict' });
    assert.equal(code, 1);
    assert.match(stdout, /The caller gets \(strict\)/);
    const none = await translateSeed({});
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^The kind of cloud is not known: add --profile nova or --profile ecs/);
    const wrong = await translateSeed({ GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_PORT: 'x' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /GATEWAY_PORT is "x"/);
  });

  test('--answer writes the JSON of a cloud in XML, and a fault as a legacy fault', async () => {
    const answer = await runProgram(['translate', '--profile', 'nova', '--answer', 'listServers'], {
      stdin: '{"servers": [{"id": "1", "name": "a", "links": []}]}',
    });
    assert.equal(answer.code, 0);
    assert.match(answer.stdout, /^HTTP\/1\.1 200 OK\n[\s\S]*<servers [^>]*><server name="a" id="1"\/><\/servers>\n$/);
    const fault = await runProgram(['translate', '--profile', 'nova', '--answer', 'showServer', '--fault', '404'], {
      stdin: '{"itemNotFound": {"code": 404, "message": "Instance could not be found"}}',
    });
    assert.equal(fault.code, 0);
    assert.match(fault.stdout, /^HTTP\/1\.1 404 Not Found\n[\s\S]*<itemNotFound code="404"/);
    const other = await runProgram(['translate', '--profile', 'nova', '--answer', 'showServer'], { stdin: '{"x": 1}' });
    assert.equal(other.code, 1);
    assert.match(other.stdout, /^HTTP\/1\.1 502/);
  });

  for (const [given, sentence] of [
    ['', /^There is no text; expected a request/],
    ['hello\n', /^Line 1: expected a request line, such as POST/],
    ['GET /v2/p/servers HTTP/1.1\nno field\n\n', /^Line 2: expected a header field, such as Content-Type/],
    ['GET {{host}}/v2/p/servers\n\n', /^Line 1: expected a value for {{host}}/],
    ['HTTP/1.1 200 OK\n\n{}', /^Line 1: this is an answer; expected a request/],
    ['<rebuild/>', /^Line 1: this is a body without its request.*--operation rebuild\.\n$/],
    ['{"rebuild": {}}', /^Line 1: this is a body without its request/],
    ['{"log": {"entries": [{]}}', /^Line 1: expected the JSON of a HAR, which is broken here\.\n$/],
    ['{"log": {"entries": [{}]}}', /^Entry 1: expected a member request with a method and a url\.\n$/],
    [
      '> POST /v2/p/servers HTTP/1.1\n> Content-Length: 9\n> \n',
      /^The request at line 1 has a body of 9 bytes, which curl -v/,
    ],
    ['curl -s', /^Line 1: expected a URL in the command line of curl\.\n$/],
    ['curl -d @body.xml http://x/', /^Line 1: the body is in another file\. Give it with --body FILE\.\n$/],
    ["curl -d '<rebuild", /^Line 1: expected the end of a quotation\.\n$/],
    ['GET /v2/\u0001p HTTP/1.1\n\n', /^The request at line 1 is not valid HTTP/],
  ] as const)
    test(`broken input is named with its line: ${JSON.stringify(given).slice(0, 40)}`, async () => {
      const { code, stdout, stderr } = await runProgram(['translate', '--profile', 'nova'], { stdin: given });
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, sentence);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });

  test('wrong options are usage errors, which repeat no value', async () => {
    for (const [args, sentence] of [
      [['--operation', 'rebild'], /^There is no operation of that name\. Did you mean rebuild\b/],
      [['--profile', 'canary'], /^The value of --profile is not allowed: it is one of nova, ecs\./],
      [['--entry', 'canary'], /^--entry is a whole number from 1 on\.\n$/],
      [['--fault', '404'], /^--fault belongs to --answer\.\n$/],
      [['--operation', 'rebuild', '--answer', 'rebuild'], /exclude each other/],
      [['--project', 'canary/..'], /^--project is an id/],
      [['canary-no-such-file'], /^The file cannot be read\. There is no such file \(ENOENT\)\.\n$/],
      [['.'], /^The file cannot be read\. It is a folder \(EISDIR\)\.\n$/],
      [['--entry'], /^The option --entry needs a value\./],
    ] as const) {
      const { code, stdout, stderr } = await translate(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, sentence);
      assert.doesNotMatch(stderr, /canary/);
    }
  });

  test('a capture of thousands of requests stops quietly when its reader has enough', async () => {
    const line = `$PROGRAM translate --profile nova - < <(for i in $(seq 3000); do printf 'GET /v2/p/servers HTTP/1.1\\n\\n###\\n'; done) | head -1; echo \${PIPESTATUS[0]}`;
    const { code, stdout, stderr } = await runShell(line);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^listServers \(line 1\) is translated\n141\n$/);
  });

  test('off a terminal there are no colours; on one there are, unless NO_COLOR is set', async (context) => {
    const { stdout: plain } = await translate(inputPath('seed-rebuild.http'));
    assert.ok(!plain.includes(escape));
    if ((await runShell('command -v script')).code !== 0) return context.skip('script is not installed');
    const environment = { TERM: 'xterm-256color' };
    const line = `script -qec "$PROGRAM translate --profile nova ${inputPath('seed-rebuild.http')}" /dev/null`;
    const shown = await runShell(line, environment);
    assert.ok(shown.stdout.includes(`${escape}[31m- POST /v2/`), shown.stdout);
    assert.ok(!(await runShell(line, { ...environment, NO_COLOR: '1' })).stdout.includes(escape));
    return undefined;
  });

  test('opens no port and sends nothing', async () => {
    const guard =
      "const net = require('node:net'); net.Server.prototype.listen = net.Socket.prototype.connect = () => { throw new Error('a port') };";
    const { code, stderr } = await runProgram(['translate', '--profile', 'nova', inputPath('several.http')], {
      environment: {
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'; const require = createRequire('file:///');${guard}`)}`,
      },
    });
    assert.deepEqual([code, stderr], [0, '']);
  });
});
