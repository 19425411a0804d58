/** A gateway in a process of its own, whichever it is. */
export interface BenchGateway {
  readonly url: string;
  readonly pid: number;
  /** The processor seconds that it had used when it was ready; undefined where the system does not tell. */
  readonly startSeconds: number | undefined;
  readonly stderr: () => string;
  /** Throws away what it has logged; nothing where that goes elsewhere. */
  readonly clearLog: () => void;
  stop(): Promise<void>;
}

/** Starts one in front of a cloud, on these cores. */
export type StartGateway = (cloudUrl: string, cores: string | undefined) => Promise<BenchGateway>;
