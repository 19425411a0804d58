import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import type { Log } from '../../observe/log.ts';
import type { Metrics } from '../../observe/metrics.ts';
import { BrownoutLog, type BrownoutListener } from '../../retirement/brownout-log.ts';
import type { RetirementInForce } from '../../retirement/in-force.ts';
import { readRetirementFile } from '../../retirement/read/read-file.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import { Retirement, type Refusal } from '../../retirement/retirement.ts';
import { watchReadFiles } from '../ports/watched-files.ts';

/** The observers of the watch. */
interface Observers {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'setReload' | 'setCertificate'>;
}

/** The retirement file while it is watched. It logs the beginning and the end of brownouts. */
export class RetirementWatch {
  readonly #observers: Observers;
  readonly #now: () => number;
  readonly #brownouts: BrownoutLog;
  #inForce: RetirementInForce | undefined;
  #stop: (() => void) | undefined;

  /** Create a watch without a file. @param now returns the time in milliseconds of Unix time */
  constructor(observers: Observers, now: () => number = Date.now) {
    this.#observers = observers;
    this.#now = now;
    this.#brownouts = new BrownoutLog(brownoutLines(observers.log));
  }

  /** Return the file in use; undefined without one. */
  readonly current = (): RetirementInForce | undefined => this.#inForce;

  /** Use a file that has been read already, and watch it from now on. */
  use({ retire }: Pick<Config, 'retire'>, file: RetirementFile | undefined): void {
    this.stopWatching();
    this.#adopt(file);
    if (file !== undefined) this.#stop = this.#watch(retire);
    this.#observers.metrics.setReload('retirement', true);
  }

  /** Log the brownouts that begin or end now. A timer does so as often as the file is checked. */
  observe(): void {
    const instant = this.#now();
    this.#brownouts.observe(this.#inForce?.retirement.brownoutsAt(instant) ?? [], instant);
  }

  stopWatching(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Log the end of the brownouts that are in force, with the number of exchanges that each refused, at the end of the process. */
  close(): void {
    this.#brownouts.observe([], this.#now());
  }

  #adopt(file: RetirementFile | undefined): void {
    const onRefusal = (refusal: Refusal): void => {
      if (this.#brownouts.count(refusal)) return;
      this.observe();
      this.#brownouts.count(refusal);
    };
    this.#inForce = file && { retirement: new Retirement(file), now: this.#now, onRefusal };
    this.observe();
  }

  #watch(path: string): () => void {
    const { log, metrics } = this.#observers;
    const onFailure = (error: string): void => log.error('the retirement file cannot be used', { error });
    const renew = (): void => {
      this.#adopt(readRetirementFile(path));
      log.info('the retirement file was read again');
    };
    const stopFile = watchReadFiles({ use: 'retirement', paths: [path], renew, onFailure }, metrics);
    const timer = setInterval(() => this.observe(), fixedLimits.certificateCheckMs).unref();
    return () => {
      stopFile();
      clearInterval(timer);
    };
  }
}

function text(instant: number): string {
  return new Date(instant).toISOString();
}

function brownoutLines(log: Log): BrownoutListener {
  return {
    began: ({ name, from, to }) => log.info('a brownout began', { brownout: name, from: text(from), until: text(to) }),
    ended: ({ name, from, to, refused, isCut }) =>
      log.info('a brownout ended', { brownout: name, from: text(from), until: text(to), refused, isCut }),
  };
}
