import type { Workload } from '../workloads/workload.ts';

/** The parameters of one run of a load generator. */
export interface LoadOptions {
  readonly url: string;
  readonly workload: Workload;
  readonly connections: number;
  /** A whole number, as wrk requires. */
  readonly seconds: number;
}

/** The result of one run of a load generator. */
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Latencies in microseconds; undefined if the generator counts only milliseconds. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

/** A load generator; results of different ones are not compared. */
export interface Generator {
  /** Its name and version. */
  readonly name: string;
  /** Sends requests one after the other on each connection. @throws {Error} for any failed request or wrong status */
  run(load: LoadOptions, cores: string | undefined): Promise<LoadResult>;
}
