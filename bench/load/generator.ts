import type { Workload } from '../workloads/workload.ts';

/** What a load generator is asked for. */
export interface LoadOptions {
  readonly url: string;
  readonly exchange: Workload;
  readonly connections: number;
  /** Whole seconds. */
  readonly seconds: number;
}

/** What a load generator has seen. */
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Latencies in microseconds; undefined where the generator counts in milliseconds only. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

/** A load generator; results of different ones are not compared. */
export interface Generator {
  /** Its name and version. */
  readonly name: string;
  /** Sends one request after the other on each connection. @throws {Error} for any failed request or wrong status */
  run(load: LoadOptions, cores: string | undefined): Promise<LoadResult>;
}
