import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';

/** Where the processes of a benchmark run: what `taskset -c` takes, undefined where nothing can be pinned. */
export interface Cores {
  readonly gateway: string | undefined;
  /** The loader's and the cloud's. */
  readonly others: string | undefined;
  readonly both: string | undefined;
}

/** The first line that a program says of itself; undefined where it is not installed. */
export function versionOf(program: string, flag: string): string | undefined {
  try {
    // wrk says its version and ends with 1, nginx says it on stderr.
    return execFileSync('/bin/sh', ['-c', `command -v ${program} >/dev/null && (${program} ${flag} 2>&1; true)`], {
      encoding: 'utf8',
    })
      .split('\n', 1)[0]
      ?.trim();
  } catch {
    return undefined;
  }
}

/** One core for the gateway, one for the loader and the cloud. */
export function chooseCores(): Cores {
  const unpinned: Cores = { gateway: undefined, others: undefined, both: undefined };
  const taskset = versionOf('taskset', `-cp ${process.pid}`);
  if (taskset === undefined || availableParallelism() < 2) return unpinned;
  const allowed = /: ([\d,-]+)$/.exec(taskset)?.[1]?.split(',').flatMap(range) ?? [];
  const [others, gateway] = allowed.map(String);
  return others === undefined || gateway === undefined ? unpinned : { gateway, others, both: `${others},${gateway}` };
}

function range(text: string): number[] {
  const [first = 0, last = first] = text.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** What a result depends on besides the programs: results of different machines are not compared. */
export function describeMachine(): Readonly<Record<string, string | number>> {
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version };
}
