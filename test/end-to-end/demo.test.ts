import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';

const program = join(import.meta.dirname, '../../examples/demo.ts');

/** Collect what the demo prints until it matches. */
async function printed(demo: ChildProcessWithoutNullStreams, expected: RegExp): Promise<string> {
  let text = '';
  for await (const piece of demo.stdout.iterator({ destroyOnReturn: false })) {
    text += String(piece);
    if (expected.test(text)) return text;
  }
  throw new Error(`the demo ended after: ${text}`);
}

/** Read a printed curl command as a request. */
function requestOf(command: string): TestRequest {
  const headers: Record<string, string> = {};
  for (const [, name = '', value = ''] of command.matchAll(/-H '([^:]+): ([^']+)'/g)) headers[name] = value;
  const body = /-d '([^']+)'/.exec(command)?.[1];
  const url = /http:\/\/127\.0\.0\.1\S+$/.exec(command)?.[0] ?? '';
  return {
    method: body === undefined ? 'GET' : 'POST',
    path: new URL(url).pathname,
    headers,
    ...(body !== undefined && { body }),
  };
}

/** Run the demo in front of a kind of cloud, send each request that it suggests, and return the answers. */
async function answersOf(context: TestContext, kind: string): Promise<readonly TestAnswer[]> {
  const env = { ...process.env, GATEWAY_PORT: '0', GATEWAY_ADMIN_PORT: '0', GATEWAY_UPSTREAM_PROFILE: kind };
  const demo = spawn(process.execPath, [program], { env });
  context.after(() => demo.kill('SIGKILL'));
  const introduction = await printed(demo, /Press Ctrl-C to stop\./);
  const commands = introduction.match(/^curl [^]*?servers\/\S+$/gm) ?? [];
  const url = /running at (\S+),/.exec(introduction)?.[1] ?? '';
  const answers: TestAnswer[] = [];
  for (const command of commands) {
    const answer = await call(url, requestOf(command));
    assert.match(answer.headers['content-type'] ?? '', /^application\/xml/, command);
    answers.push(answer);
  }
  const received = await printed(demo, /"role": "web"/);
  assert.match(received, /The cloud received:\n {2}POST \/v2\.1\/\S+\/action\n {2}content-type: application\/json\n/);
  demo.kill('SIGINT');
  const [code] = await once(demo, 'exit');
  assert.equal(code, 0);
  return answers;
}

const timeout = 60_000;

test('each request that the demo suggests is answered in XML, on ECS', { timeout }, async (context) => {
  const answers = await answersOf(context, 'ecs');
  const [, , , strict, list, broken, , throttled] = answers;
  assert.deepEqual(
    answers.slice(0, 7).map(({ status }) => status),
    [202, 200, 202, 400, 200, 400, 202],
  );
  assert.match(strict?.body ?? '', /<message>[^<]*colour/);
  assert.match(list?.body ?? '', /name="broken-1"[^>]* status="ERROR"|status="ERROR"[^>]* name="broken-1"/);
  assert.match(broken?.body ?? '', /^<badRequest [^>]*><message>[^<]*error state/);
  assert.ok((throttled?.status ?? 0) >= 400, throttled?.body);
});

test('each request that the demo suggests is answered in XML, on Nova', { timeout }, async (context) => {
  const answers = await answersOf(context, 'nova');
  assert.deepEqual(
    answers.map(({ status }) => status),
    [202, 200, 202, 400, 200, 202, 202, 429],
  );
  assert.match(answers.at(-1)?.body ?? '', /^<overLimit [^>]*>.*<retryAfter>5<\/retryAfter><\/overLimit>$/);
});
