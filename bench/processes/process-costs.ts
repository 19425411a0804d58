import { readFileSync } from 'node:fs';

/** The resources that a process and its children have used. */
export interface ProcessCosts {
  readonly cpuSeconds: number;
  readonly rssMegabytes: number;
}

/** The kernel's clock ticks per second (USER_HZ), 100 on every Linux that node supports. */
const ticksPerSecond = 100;

/** Read the costs of a process and its children so far; undefined without /proc. */
export function costsOf(pid: number): ProcessCosts | undefined {
  try {
    return sum([pid, ...childrenOf(pid)].map(costsOfOne));
  } catch {
    return undefined;
  }
}

/** Read the peak resident memory of a process, in megabytes. */
export function peakMegabytes(pid: number): number {
  return kilobytes(pid, 'VmHWM') / 1024;
}

function costsOfOne(pid: number): ProcessCosts {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may contain spaces and parentheses, so the fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuSeconds: ticks / ticksPerSecond, rssMegabytes: kilobytes(pid, 'VmRSS') / 1024 };
}

function kilobytes(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
}

function childrenOf(pid: number): number[] {
  const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  const children = own === '' ? [] : own.split(' ').map(Number);
  return children.flatMap((child) => [child, ...childrenOf(child)]);
}

function sum(costs: readonly ProcessCosts[]): ProcessCosts {
  return {
    cpuSeconds: costs.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
    rssMegabytes: costs.reduce((total, { rssMegabytes }) => total + rssMegabytes, 0),
  };
}
