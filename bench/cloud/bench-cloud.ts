/** The cloud of a benchmark, which sends fixed responses at once. */
export interface BenchCloud {
  /** Its name and version; results of different clouds are not compared. */
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}
