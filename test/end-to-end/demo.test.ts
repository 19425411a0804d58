import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const program = join(import.meta.dirname, '../../examples/demo.ts');
const run = promisify(execFile);

/** Collect what the demo prints until it matches. */
async function printed(demo: ChildProcessWithoutNullStreams, expected: RegExp): Promise<string> {
  let text = '';
  for await (const piece of demo.stdout.iterator({ destroyOnReturn: false })) {
    text += String(piece);
    if (expected.test(text)) return text;
  }
  throw new Error(`the demo ended after: ${text}`);
}

for (const kind of ['ecs', 'nova']) {
  test(`the four lines of the demo work in a shell as they are printed, on ${kind}`, { timeout: 60_000 }, async (t) => {
    const env = { ...process.env, GATEWAY_PORT: '0', GATEWAY_ADMIN_PORT: '0', GATEWAY_UPSTREAM_PROFILE: kind };
    const demo = spawn(process.execPath, [program], { env });
    t.after(() => demo.kill('SIGKILL'));
    const introduction = await printed(demo, /Press Ctrl-C to stop\./);
    const lines = introduction.match(/^(?:LOGIN=\$\()?curl .*$/gm) ?? [];
    assert.equal(lines.length, 4);
    const url = /running at (\S+),/.exec(introduction)?.[1] ?? '';

    const { stdout } = await run('sh', ['-c', `set -e\n${lines.join('\necho; echo ----\n')}`]);
    const [login = '', list = '', rebuild = '', show = ''] = stdout.split('\n----\n');
    assert.match(login, /^<\?xml [^>]+>\n<access xmlns="http:\/\/docs\.openstack\.org\/identity\/api\/v2\.0">/);
    assert.ok(login.includes(`publicURL="${url}/v2/`), login);
    assert.match(list, /^HTTP\/1\.1 200 OK\r\n[^]*<servers [^]*name="broken-1"/);
    assert.match(rebuild, /^HTTP\/1\.1 202 Accepted\r\n[^]*<server [^>]* status="REBUILD"/);
    assert.match(show, /^HTTP\/1\.1 200 OK\r\n[^]*<server [^>]* status="REBUILD"/);

    const received = await printed(demo, /"rebuild": \{/);
    assert.match(received, /The cloud received:\n {2}POST \/v3\/auth\/tokens\n {2}content-type: application\/json\n/);
    demo.kill('SIGINT');
    const [code] = await once(demo, 'exit');
    assert.equal(code, 0);
  });
}
