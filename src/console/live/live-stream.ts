import type { ServerResponse } from 'node:http';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { FedExchanges } from '../../observe/live/exchange-feed.ts';
import type { LiveEnd, LiveReader } from '../../observe/live/live-hub.ts';

/** The beginning of a stream, for its reader. */
export interface LiveHello {
  /** The name of this replica, as the ledger has it: others have streams of their own. */
  readonly instance: string;
  /** The number of exchanges that are kept without a reader. */
  readonly mostKept: number;
  /** The exchanges that are kept, the oldest first. */
  readonly kept: readonly string[];
}

/**
 * A reader of the exchanges as they end, by server-sent events: `hello` with the facts of the stream, `exchange` for each of them,
 * `dropped` with the number that this reader missed so far, and `end` with the reason. What waits for the reader is bounded.
 */
export class LiveStream implements LiveReader {
  readonly #isProven: () => boolean;
  #response: ServerResponse | undefined;
  #dropped = 0;
  #toldDropped = 0;
  /** The writes that have not been handed to the system, and the heartbeats since the last one was. */
  #waiting = 0;
  #stuck = 0;

  /** @param isProven checks again that the reader may see what it reads */
  constructor(isProven: () => boolean) {
    this.#isProven = isProven;
  }

  /** Begin to write. @param leave called when the reader has gone */
  begin(response: ServerResponse, { kept, ...facts }: LiveHello, leave: () => void): void {
    const heartbeat = setInterval(() => this.#beat(), fixedLimits.liveHeartbeatMs).unref();
    const finish = (): void => {
      clearInterval(heartbeat);
      leave();
    };
    response.once('close', finish);
    // A connection that has ended already emits nothing.
    if (response.destroyed) finish();
    this.#response = response;
    this.#write(eventText('hello', JSON.stringify(facts)));
    this.send({ texts: kept.slice(-fixedLimits.liveFirstExchanges), dropped: 0 });
  }

  send({ texts, dropped }: FedExchanges): void {
    let free = fixedLimits.liveReaderBytes - (this.#response?.writableLength ?? 0);
    const fitting = texts.filter((text) => (free -= Buffer.byteLength(text)) > 0);
    let events = fitting.map((text) => eventText('exchange', text)).join('');
    this.#dropped += texts.length - fitting.length;
    this.#dropped += dropped;
    // A reader whose buffer is full is told when it has room again.
    if (this.#dropped > this.#toldDropped && (events !== '' || texts.length === 0)) {
      this.#toldDropped = this.#dropped;
      events += eventText('dropped', JSON.stringify({ count: this.#dropped }));
    }
    if (events !== '') this.#write(events);
  }

  end(reason: LiveEnd): void {
    this.#response?.end(eventText('end', JSON.stringify({ reason })));
  }

  /** Keep the stream open; end it if its reader takes nothing, or may no longer see what it reads. */
  #beat(): void {
    this.#stuck = this.#waiting > 0 ? this.#stuck + 1 : 0;
    if (this.#stuck >= fixedLimits.liveStuckHeartbeats) this.#response?.destroy();
    else if (!this.#isProven()) this.end('unproven');
    else if (this.#waiting === 0) this.#write(': still here\n\n');
  }

  #write(text: string): void {
    this.#waiting += 1;
    this.#response?.write(text, () => {
      this.#waiting -= 1;
      this.#stuck = 0;
    });
  }
}

/** Write an event. @param json a text without line feeds, as JSON.stringify makes it */
function eventText(name: string, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}
