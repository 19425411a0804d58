import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';

/** The cores of the processes in the form of `taskset -c`; undefined if processes cannot be pinned. */
export interface Cores {
  readonly gateway: string | undefined;
  /** The core of the load generator and the cloud. */
  readonly others: string | undefined;
  readonly both: string | undefined;
}

/** Return the first line of a program's output for a flag; undefined if it is not installed. */
export function versionOf(program: string, flag: string): string | undefined {
  try {
    // wrk prints its version and exits with 1; nginx prints it to stderr.
    return execFileSync('/bin/sh', ['-c', `command -v ${program} >/dev/null && (${program} ${flag} 2>&1; true)`], {
      encoding: 'utf8',
    })
      .split('\n', 1)[0]
      ?.trim();
  } catch {
    return undefined;
  }
}

/** Select one core for the gateway, and another for the load generator and the cloud. */
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

/** Describe the machine; results of different machines are not compared. */
export function describeMachine(): Readonly<Record<string, string | number>> {
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version };
}
