import type { Child } from '../processes/child-process.ts';
import { costsOf } from '../processes/process-costs.ts';

/** A running gateway of any kind, in a process of its own. */
export interface BenchGateway {
  readonly url: string;
  readonly pid: number;
  /** The processor seconds used until it was ready; undefined if the system does not report them. */
  readonly startSeconds: number | undefined;
  readonly stderr: () => string;
  /** Empties its log file, if it has one. */
  readonly clearLog: () => void;
  stop(): Promise<void>;
}

/** Starts a gateway in front of a cloud, on the given cores. */
export type StartGateway = (cloudUrl: string, cores: string | undefined) => Promise<BenchGateway>;

/** Wrap a process that listens on a port, as a gateway without a log file. */
export function benchGateway(child: Child, port: number): BenchGateway {
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    startSeconds: costsOf(child.pid)?.cpuSeconds,
    stderr: child.stderr,
    clearLog: () => undefined,
    stop: () => child.stop(),
  };
}
