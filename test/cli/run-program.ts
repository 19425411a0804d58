import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inTime } from '../support/in-time.ts';

const start = join(import.meta.dirname, '../../start.js');

/** Return the path of a file that a test translates. */
export function inputPath(name: string): string {
  return join(import.meta.dirname, 'inputs', name);
}

/** Read a page that the output of a command is compared with. */
export function page(name: string): string {
  return readFileSync(join(import.meta.dirname, 'pages', name), 'utf8');
}

/** The end of a program that ran as an operator runs it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The surroundings of a run. */
interface Surroundings {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string | Buffer;
  readonly cwd?: string;
}

/** Run `legacy-compute-gateway` with these arguments, and no terminal. */
export async function runProgram(
  args: readonly string[],
  { environment = {}, stdin = '', cwd }: Surroundings = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [start, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...environment },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  // A program that reads nothing may have ended before everything is written to it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [code, stdout, stderr] = await inTime(
    Promise.all([ended, text(child.stdout), text(child.stderr)]),
    `${args.join(' ')} has not ended`,
  );
  return { code, stdout, stderr };
}

/** Run a line of a shell, in which `$PROGRAM` is the program; it is for pipes and redirections. */
export async function runShell(line: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn('bash', ['-c', line], {
    env: { PATH: process.env['PATH'], PROGRAM: `${process.execPath} ${start}`, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [code, stdout, stderr] = await inTime(
    Promise.all([ended, text(child.stdout), text(child.stderr)]),
    `${line} has not ended`,
  );
  return { code, stdout, stderr };
}
