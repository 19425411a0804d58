import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/** The options of a child process. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The cores in the form of `taskset -c`; undefined does not pin the process. */
  readonly cores: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdio?: StdioOptions;
}

/** A child process that runs until it is stopped or this process ends. */
export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Returns the beginning of its stderr; '' if stderr is redirected. */
  readonly stderr: () => string;
  readonly isRunning: () => boolean;
  /** Resolves with its exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
const stopMs = 5000;
const keptCharacters = 2000;

process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
] as const) {
  process.on(signal, () => process.exit(128 + number));
}

/** Start a child process, which also ends when this process ends. */
export function startChild({
  command,
  args,
  cores,
  env = {},
  stdio = ['ignore', 'ignore', 'pipe'],
}: ChildOptions): Child {
  const pinning = cores === undefined ? [] : ['taskset', '-c', cores];
  const [program = command, ...rest] = [...pinning, command, ...args];
  const child = spawn(program, rest, { env: { PATH: process.env['PATH'], ...env }, stdio });
  running.add(child);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (stderr += text.slice(0, keptCharacters)));
  let isRunning = true;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  }).finally(() => {
    isRunning = false;
    running.delete(child);
  });
  // Without this, a failure that no caller awaits would be an unhandled rejection.
  ended.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    process: child,
    stderr: () => stderr,
    isRunning: () => isRunning,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
      await ended.finally(() => clearTimeout(timer));
    },
  };
}
