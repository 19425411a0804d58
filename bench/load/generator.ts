import type { Exchange } from '../workloads/workload.ts';

/** What a load generator is asked for. */
export interface Load {
  readonly url: string;
  readonly exchange: Exchange;
  readonly connections: number;
  /** Whole seconds. */
  readonly seconds: number;
}

/** What a load generator has seen. */
export interface Seen {
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
  run(load: Load, cores: string | undefined): Promise<Seen>;
}
