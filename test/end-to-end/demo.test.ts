import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { call, type TestRequest } from '../support/http.ts';

const program = join(import.meta.dirname, '../../examples/demo.ts');

/** Collects what the demo prints until it matches. */
async function printed(demo: ChildProcessWithoutNullStreams, expected: RegExp): Promise<string> {
  let text = '';
  for await (const piece of demo.stdout.iterator({ destroyOnReturn: false })) {
    text += String(piece);
    if (expected.test(text)) return text;
  }
  throw new Error(`the demo ended after: ${text}`);
}

/** Reads a printed curl command as a request. */
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

test(
  'each request that the demo suggests is answered in XML, and the demo prints what the cloud received',
  { timeout: 60_000 },
  async (context) => {
    const env = { ...process.env, GATEWAY_PORT: '0', GATEWAY_ADMIN_PORT: '0' };
    const demo = spawn(process.execPath, [program], { env });
    context.after(() => demo.kill('SIGKILL'));
    const introduction = await printed(demo, /Press Ctrl-C to stop\./);
    const commands = introduction.match(/^curl [^]*?servers\/\S+$/gm) ?? [];
    assert.equal(commands.length, 3);
    const url = /running at (\S+),/.exec(introduction)?.[1] ?? '';
    const statuses: number[] = [];
    for (const command of commands) {
      const answer = await call(url, requestOf(command));
      statuses.push(answer.status);
      assert.equal(answer.headers['content-type'], 'application/xml', command);
    }
    assert.deepEqual(statuses, [202, 200, 202]);
    const received = await printed(demo, /"role": "web"/);
    assert.match(received, /The cloud received:\n {2}POST \/v2\.1\/\S+\/action\n {2}content-type: application\/json\n/);
    demo.kill('SIGINT');
    const [code] = await once(demo, 'exit');
    assert.equal(code, 0);
  },
);
