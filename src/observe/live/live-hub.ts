import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import type { FedExchanges } from './exchange-feed.ts';

/** The reason for which a stream of exchanges ends. */
export type LiveEnd = 'shutdown' | 'reload' | 'unproven';

/** A reader of the exchanges as they end. */
export interface LiveReader {
  /** Send exchanges; those that cannot be sent at once may be left out and counted. */
  readonly send: (fed: FedExchanges) => void;
  readonly end: (reason: LiveEnd) => void;
}

/** The hub between the exchanges of all processes and their readers. It keeps as many of them as a setting says, by default none. */
export class LiveHub {
  readonly #onWatched: (isWatched: boolean) => void;
  readonly #readers = new Set<LiveReader>();
  #most: number;
  #kept: string[] = [];
  #keptLength = 0;
  #isWatched = false;
  #isClosed = false;

  /** @param onWatched called when exchanges become wanted, and when they no longer are */
  constructor({ exchanges }: Config['console'], onWatched: (isWatched: boolean) => void) {
    this.#onWatched = onWatched;
    this.#most = exchanges;
    this.#tellWatched();
  }

  /** True while there is a reader, or while exchanges are kept. */
  get isWatched(): boolean {
    return this.#isWatched;
  }

  /** The number of exchanges that are kept without a reader. */
  get mostKept(): number {
    return this.#most;
  }

  /** The exchanges that are kept, the oldest first. */
  get kept(): readonly string[] {
    return this.#kept;
  }

  /** Receive exchanges of a process. */
  receive(fed: FedExchanges): void {
    for (const reader of this.#readers) reader.send(fed);
    if (this.#most > 0) this.#keep(fed.texts);
  }

  /** Let a reader join. @returns the function by which it leaves; undefined if there are too many, or the process ends */
  join(reader: LiveReader): (() => void) | undefined {
    if (this.#isClosed || this.#readers.size >= fixedLimits.liveReaders) return undefined;
    this.#readers.add(reader);
    this.#tellWatched();
    return () => {
      this.#readers.delete(reader);
      this.#tellWatched();
    };
  }

  /** Use other settings. Readers must come again, and prove again that they may see what they read. */
  use({ exchanges }: Config['console']): void {
    this.#most = exchanges;
    this.#keep([]);
    this.#end('reload');
  }

  /** End all readers, and accept no others, because the process ends. */
  close(): void {
    this.#isClosed = true;
    this.#end('shutdown');
  }

  #keep(texts: readonly string[]): void {
    for (const text of texts) this.#keptLength += text.length;
    const all = [...this.#kept, ...texts];
    let first = Math.max(0, all.length - this.#most);
    for (const text of all.slice(0, first)) this.#keptLength -= text.length;
    while (this.#keptLength > fixedLimits.liveKeptBytes && first < all.length) {
      this.#keptLength -= all[first]?.length ?? 0;
      first += 1;
    }
    this.#kept = all.slice(first);
  }

  #end(reason: LiveEnd): void {
    const readers = [...this.#readers];
    this.#readers.clear();
    for (const reader of readers) reader.end(reason);
    this.#tellWatched();
  }

  #tellWatched(): void {
    const isWatched = this.#most > 0 || this.#readers.size > 0;
    if (isWatched === this.#isWatched) return;
    this.#isWatched = isWatched;
    this.#onWatched(isWatched);
  }
}
