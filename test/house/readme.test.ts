import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { documentAt, root } from '../support/documents.ts';
import { call, type TestAnswer } from '../support/http.ts';

const { text } = documentAt('README.md');

/** The blocks of one language. */
function blocksOf(language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );
}

/** Fail unless the parts of an excerpt, between its ellipses, stand in the whole text in their order. */
function assertExcerpt(excerpt: string, whole: string): void {
  let from = 0;
  for (const part of excerpt.split('…').map((each) => each.trim())) {
    const at = whole.indexOf(part, from);
    assert.ok(at !== -1, `${part}\n\nis not in\n\n${whole}`);
    from = at + part.length;
  }
}

/** Log in with XML, as the first line of the demo does, and return the token. */
async function logIn(url: string): Promise<string> {
  const body = '<auth tenantName="demo"><passwordCredentials username="demo" password="secret"/></auth>';
  const headers = { 'Content-Type': 'application/xml', Accept: 'application/xml' };
  const answer = await call(url, { path: '/v2.0/tokens', headers, body });
  return /<token [^>]*id="([^"]+)"/.exec(answer.body)?.[1] ?? assert.fail(answer.body);
}

/** Send a request as the README shows it. */
function callAs(shown: string, url: string, token: string): Promise<TestAnswer> {
  const [, method = '', path = '', type = '', body = ''] =
    /^(POST) (\S+)\nContent-Type: (.+)\n\n([\s\S]+)$/.exec(shown) ?? [];
  return call(url, { method, path, body, headers: { 'X-Auth-Token': token, 'Content-Type': type } });
}

/** Assert that an answer is the one that the README shows: its status, the header fields there, its document. */
function assertAnswer(shown: string, answer: TestAnswer): void {
  const [head = '', document = ''] = shown.split('\n\n');
  const [status, ...lines] = head.split('\n');
  assert.equal(status, `HTTP/1.1 ${answer.status} Accepted`);
  for (const line of lines) {
    const [name = '', value = ''] = line.split(/: (.*)/);
    assert.equal(answer.headers[name.toLowerCase()], value, name);
  }
  assertExcerpt(document, answer.body);
}

test('the README is at most 7 KB', () => {
  assert.ok(Buffer.byteLength(text) <= 7 * 1024);
});

test(
  'the README shows what the demo prints, and the bytes of its first exchange',
  { timeout: 60_000 },
  async (context) => {
    const [sent, received, answered] = blocksOf('http');
    const [session] = blocksOf('console');
    assert.ok(sent !== undefined && received !== undefined && answered !== undefined && session !== undefined);
    const demo = spawn(process.execPath, [join(root, 'examples/demo.ts')], {
      env: { ...process.env, GATEWAY_PORT: '0', GATEWAY_ADMIN_PORT: '0' },
    });
    context.after(() => demo.kill('SIGKILL'));
    let output = '';
    const printed = async (expected: RegExp): Promise<void> => {
      for await (const piece of demo.stdout.iterator({ destroyOnReturn: false })) {
        output += String(piece);
        if (expected.test(output)) return;
      }
    };
    await printed(/Press Ctrl-C to stop\./);
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
    assertExcerpt(session.replace(/^\$ .*\n/, ''), output.replaceAll(url, 'http://127.0.0.1:8774'));

    const answer = await callAs(sent, url, await logIn(url));
    await printed(/"user_data": "[^"]*"\s+\}\s+\}/);
    const [head = '', document = ''] = received.split('\n\n');
    const atCloud = output.slice(output.lastIndexOf('The cloud received:')).replace(/^ {2}/gm, '');
    for (const line of head.split('\n')) assertExcerpt(line, atCloud);
    assertExcerpt(document, atCloud);

    assertAnswer(answered, answer);
  },
);

test('the README names the two commands that do all the set-up', () => {
  const { scripts } = JSON.parse(documentAt('package.json').text) as { scripts: Record<string, string> };
  for (const name of ['demo', 'test']) {
    assert.ok(text.includes(`npm ci && npm ${name === 'test' ? '' : 'run '}${name}`));
    assert.ok(scripts[name] !== undefined);
  }
});
