import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createChanges } from '../support/changes.ts';
import { inTime } from '../support/in-time.ts';
import { testSettings } from '../support/settings.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

/** The gateway as the process that operators run. */
export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** The lines of the log so far, parsed. */
  lines(): Record<string, unknown>[];
  /** Resolves with the URLs when the process has logged that it is ready. */
  ready(): Promise<{ url: string; adminUrl: string }>;
  /** Resolves with the exit code when the process has ended and its output has been read; null after a signal. */
  ended(): Promise<number | null>;
  /** Resolves when the log has a line of this event, or `count` of them. */
  logged(event: string, count?: number): Promise<void>;
  /** Kills the process, if it still runs. */
  kill(): void;
}

type Environment = Readonly<Record<string, string>>;

/** Processes that still run: a test that fails half-way, or times out, must leave none behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Spawn the gateway with these settings and no others. */
export function spawnGateway(settings: Environment, ...flags: readonly string[]): GatewayProcess {
  const environment = { PATH: process.env['PATH'], ...settings };
  const child = spawn(process.execPath, [main, ...flags], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let [out, err] = ['', ''];
  const { changed, until } = createChanges();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    changed();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', resolve).once('exit', () => running.delete(child)),
  );
  void ended.then(changed);
  const lines = (): Record<string, unknown>[] =>
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const find = async (event: string, count = 1): Promise<Record<string, unknown>> => {
    const search = (): Record<string, unknown> | undefined =>
      out.includes(event) ? lines().filter(({ message }) => message === event)[count - 1] : undefined;
    await inTime(
      until(() => search() !== undefined || child.exitCode !== null),
      `the log has no line "${event}"`,
    );
    const line = search();
    if (line === undefined) throw new Error(`the process ended without "${event}": ${out}${err}`);
    return line;
  };
  return {
    child,
    pid: child.pid ?? 0,
    stdout: () => out,
    stderr: () => err,
    lines,
    ready: async () => {
      const { url, adminUrl } = await find('ready');
      return { url: String(url), adminUrl: String(adminUrl) };
    },
    ended: () => inTime(ended, 'the process has not ended'),
    logged: async (event, count) => void (await find(event, count)),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Make the settings of a process that serves on free ports. */
export function serving(upstream: string, settings: Environment = {}): Environment {
  return {
    ...testSettings,
    GATEWAY_PORT: '0',
    GATEWAY_ADMIN_PORT: '0',
    GATEWAY_UPSTREAM_URL: upstream,
    GATEWAY_UPSTREAM_LEGACY_PATH: 'v2',
    ...settings,
  };
}
