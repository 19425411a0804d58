import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test, type TestContext } from 'node:test';
import { call } from '../support/http.ts';
import { rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { inTime, until } from '../support/in-time.ts';
import { serving, spawnGateway } from './gateway-process.ts';

const script = join(import.meta.dirname, 'logging.ts');

interface Line {
  readonly message: string;
  readonly level: string;
  readonly id?: string;
  readonly number?: number;
  readonly count?: number;
  readonly text?: string;
}

/** Start a process that logs; it is killed at the end of the test. */
function start(
  way: string,
  context: TestContext,
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  const child = spawn(process.execPath, [script, way], { stdio: ['pipe', 'pipe', 'pipe'] });
  context.after(() => child.kill('SIGKILL'));
  return child;
}

/** Parse the lines. @throws for a torn line */
function linesOf(output: string): Line[] {
  assert.ok(output.endsWith('\n'), 'the last line has its end');
  return output
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

async function run(way: string, context: TestContext): Promise<{ lines: Line[]; stderr: string; code: number | null }> {
  const child = start(way, context);
  const closed = once(child, 'close');
  const [output, stderr] = await inTime(Promise.all([text(child.stdout), text(child.stderr), closed]));
  return { lines: linesOf(output), stderr, code: child.exitCode };
}

/** Return a port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const numbersOf = (lines: readonly Line[]): (number | undefined)[] =>
  lines.filter(({ message }) => message === 'said').map(({ number }) => number);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe('the log of a process that ends', () => {
  for (const [way, code] of [
    ['exits in the same turn', 3],
    ['throws in the same turn', 1],
    ['closes and exits', 0],
  ] as const) {
    test(`has every line, in order, though it ${way}`, async (context) => {
      const { lines, code: ended } = await run(way, context);
      assert.equal(ended, code);
      assert.deepEqual(numbersOf(lines), upTo(500));
    });
  }

  test('has an error and all lines before it, though the process is killed in the same turn', async (context) => {
    const { lines, code } = await run('is killed after an error', context);
    assert.equal(code, null);
    assert.deepEqual(numbersOf(lines), upTo(5));
    assert.equal(lines.at(-1)?.message, 'wrong');
  });

  test('does not keep an idle process alive', async (context) => {
    const { lines, code } = await run('has nothing left to do', context);
    assert.equal(code, 0);
    assert.deepEqual(numbersOf(lines), upTo(5));
  });
});

describe('a line of the log', () => {
  test('is whole and in order, however long it is', async (context) => {
    const { lines } = await run('says long lines', context);
    assert.deepEqual(
      lines.map((line) => line.text?.length),
      [10, 3000, 5000, 10, 200_000, 10],
    );
  });

  test('is whole though several processes write to one pipe', async () => {
    const one = `"${process.execPath}" "${script}" "says much in turns"`;
    const child = spawn('sh', ['-c', `(${one} a & ${one} b & ${one} c & wait) | cat`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = linesOf(await text(child.stdout));
    for (const id of ['a', 'b', 'c']) {
      assert.deepEqual(
        numbersOf(lines.filter((line) => line.id === id)),
        Array.from({ length: 100 }, () => upTo(20)).flat(),
      );
    }
  });
});

describe('a log whose reader is slow', () => {
  test('holds no more than its limit, does not block its process, and says where lines are missing, and how many', async (context) => {
    const child = start('has a reader that does not read', context);
    child.stdout.pause();
    const [fact] = (await inTime(once(child.stderr, 'data'), 'the process stands still')) as [Buffer];
    const { grownBy } = JSON.parse(String(fact)) as { grownBy: number };
    assert.ok(grownBy < 64 * 1024 * 1024, `${grownBy} bytes`);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes('lines lost')) child.stdin?.end('go on');
    });
    child.stdout.resume();
    await inTime(once(child, 'close'), 'the process does not go on, or does not end');
    const lines = linesOf(output);
    const at = lines.findIndex(({ message }) => message === 'lines lost');
    const [lost, ...others] = lines.filter(({ message }) => message === 'lines lost');
    assert.deepEqual(others, []);
    assert.equal(lost?.level, 'warn');
    const before = lines.slice(0, at);
    assert.deepEqual(numbersOf(before), upTo(before.length));
    assert.equal(before.length + (lost?.count ?? 0), 40_000);
    assert.ok(before.length > 2000, `only ${before.length} lines were held`);
    assert.deepEqual(
      lines.slice(at + 1).map((line) => line.text),
      ['after'],
    );
  });

  test('does not keep the process from ending', async (context) => {
    const child = start('has a reader that does not read, and exits', context);
    child.stdout.pause();
    const [code] = (await inTime(once(child, 'exit'), 'the process does not end')) as [number];
    assert.equal(code, 4);
  });

  test('does not end the process when its reader goes', async (context) => {
    const child = start('has a reader that goes', context);
    await inTime(once(child.stdout, 'data'), 'no line');
    const closed = once(child.stdout, 'close');
    // The stdout of a child process is a socket, which has destroy(); the declared type does not.
    (child.stdout as unknown as { destroy(): void }).destroy();
    await closed;
    child.stdin?.end('go on');
    assert.match(await inTime(text(child.stderr), 'the process does not end'), /^\{"isAlive":true\}\n$/);
    assert.equal(child.exitCode ?? ((await once(child, 'exit')) as [number])[0], 5);
  });
});

describe('the log of the gateway', () => {
  test('has every exchange, though a second signal ends the process at once', async () => {
    const cloud = await startScriptedCloud({ status: 202, body: serverDocument });
    const gateway = spawnGateway(serving(cloud.url));
    try {
      const { url } = await gateway.ready();
      await Promise.all(Array.from({ length: 40 }, () => call(url, rebuildRequest('json'))));
      gateway.child.kill('SIGTERM');
      gateway.child.kill('SIGINT');
      assert.equal(await gateway.ended(), 1);
      assert.equal(gateway.lines().filter(({ message }) => message === 'exchange').length, 40);
    } finally {
      gateway.kill();
      await cloud.stop();
    }
  });

  // Guard: levelOfFamily in src/observe/fault-families.ts.
  test("of level warn has a line for each exchange that failed because the cloud is down, and none for a caller's mistake", async () => {
    const port = String(await freePort());
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_LOG_LEVEL: 'warn', GATEWAY_PORT: port }));
    const url = `http://127.0.0.1:${port}`;
    try {
      // The line that says the URL is of level info.
      await until(
        () =>
          call(url, rebuildRequest('xml', '<rebuild')).then(
            () => true,
            () => false,
          ),
        'it does not serve',
      );
      for (let count = 0; count < 3; count += 1) await call(url, rebuildRequest('xml'));
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      const lines = gateway.lines().filter(({ message }) => message === 'exchange');
      assert.deepEqual(
        lines.map(({ level, status, fault, cause }) => [level, status, fault, cause]),
        Array.from({ length: 3 }, () => ['warn', 503, 'cloud-unreachable', 'ECONNREFUSED']),
      );
    } finally {
      gateway.kill();
    }
  });

  // A field without a value once ended the process, in the text format only.
  test('in text has a line for a request without User-Agent, and the process keeps running', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_LOG_FORMAT: 'text' }));
    try {
      await new Promise((resolve) => gateway.child.stdout?.once('data', resolve));
      const url = /url=(\S+)/.exec(gateway.stdout())?.[1] ?? '';
      await call(url, rebuildRequest('xml', '<rebuild'));
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      assert.match(gateway.stdout(), / exchange requestId=\S+ .* status=400 /);
      assert.doesNotMatch(gateway.stdout(), /agent=/);
    } finally {
      gateway.kill();
    }
  });
});
