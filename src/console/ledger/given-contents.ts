import type { DayCount, KeyHistory, LedgerRun } from '../../ledger/entry.ts';
import type { ToThread } from './thread-messages.ts';
import type { LedgerContents } from './read/reading.ts';

type Given = Exclude<ToThread, { readonly kind: 'ask' }>;

/** The contents of a ledger as its owner hands them over, in slices. */
export class GivenContents implements LedgerContents {
  readonly #given: Given[] = [];
  readonly #histories: KeyHistory[] = [];
  readonly #runs = Promise.withResolvers<readonly LedgerRun[]>();
  /** Resolves when the owner has stored the latest counts, or begins to hand over. */
  readonly #begun = Promise.withResolvers<void>();
  #wake = Promise.withResolvers<void>();

  /** Take a message of the owner. */
  receive(message: Given): void {
    this.#begun.resolve();
    if (message.kind === 'histories') {
      this.#histories.push(...message.histories);
      return;
    }
    this.#given.push(message);
    this.#wake.resolve();
    if (message.kind === 'end') this.#runs.resolve(message.runs);
  }

  /** Wait for the owner. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  get counts(): AsyncIterable<DayCount> {
    return this.#slices();
  }

  async rest(): Promise<Awaited<ReturnType<LedgerContents['rest']>>> {
    return { runs: await this.#runs.promise, histories: this.#histories };
  }

  async *#slices(): AsyncGenerator<DayCount> {
    for (;;) {
      const next = this.#given.shift();
      if (next?.kind === 'counts') yield* next.counts;
      else if (next !== undefined) return;
      else {
        await this.#wake.promise;
        this.#wake = Promise.withResolvers<void>();
      }
    }
  }
}
