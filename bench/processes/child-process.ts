import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/** How a process of a benchmark is started. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** What `taskset -c` takes; undefined leaves the process where the system puts it. */
  readonly cores: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdio?: StdioOptions;
}

/** A process that runs until it is stopped, or until this one ends. */
export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** What it wrote to stderr, its beginning; '' where stderr goes elsewhere. */
  readonly stderr: () => string;
  readonly isRunning: () => boolean;
  /** Resolves with its exit code; null where a signal ended it. */
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

/** Starts a process; whatever ends this one ends it too. */
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
  // Who waits for it learns of a failure; nobody has to.
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
