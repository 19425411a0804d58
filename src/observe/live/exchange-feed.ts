import { fixedLimits } from '../../config/fixed-limits.ts';
import type { ExchangeLine } from '../exchange-fields.ts';
import { liveExchange, type ExchangeWay } from './live-exchange.ts';

/** Some exchanges that have ended, as JSON texts in the order of their ends. */
export interface FedExchanges {
  readonly texts: readonly string[];
  /** Exchanges that were left out, because too many ended at a time. */
  readonly dropped: number;
}

/**
 * The feed of the exchanges of a process to those who watch them. Without anybody who watches, an exchange costs the look at
 * `isWatched`. With somebody, its text is sent with those of the next moments.
 */
export class ExchangeFeed {
  /** True while somebody watches; only then exchanges may be shown. */
  isWatched = false;
  readonly #worker: number | null;
  readonly #send: (fed: FedExchanges) => void;
  #texts: string[] = [];
  #dropped = 0;
  /** True while exchanges wait for others. */
  #isWaiting = false;

  /** @param worker the number of the worker; null without workers */
  constructor(worker: number | null, send: (fed: FedExchanges) => void) {
    this.#worker = worker;
    this.#send = send;
  }

  /** Show an exchange that has ended. */
  show(line: ExchangeLine, way: ExchangeWay): void {
    if (this.#texts.length < fixedLimits.liveBatchExchanges)
      this.#texts.push(JSON.stringify(liveExchange(line, way, this.#worker)));
    else this.#dropped += 1;
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => this.#flush(), fixedLimits.liveBatchMs).unref();
  }

  #flush(): void {
    const fed = { texts: this.#texts, dropped: this.#dropped };
    this.#texts = [];
    this.#dropped = 0;
    this.#isWaiting = false;
    this.#send(fed);
  }
}
