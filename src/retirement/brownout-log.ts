import type { BrownoutWindow } from './past-windows.ts';
import type { Refusal } from './retirement.ts';

/** A window of a brownout that is over, with the number of exchanges that it refused in this process. */
export interface EndedBrownout extends BrownoutWindow {
  readonly refused: number;
  /** True if it was still in force when the file changed, or when the process ended. */
  readonly isCut: boolean;
}

/** The receiver of the beginning and the end of brownouts. */
export interface BrownoutListener {
  readonly began: (window: BrownoutWindow) => void;
  readonly ended: (brownout: EndedBrownout) => void;
}

/** The windows of brownouts that are in force, and how many exchanges each has refused. Each begins and ends once. */
export class BrownoutLog {
  readonly #listener: BrownoutListener;
  readonly #open = new Map<string, { readonly window: BrownoutWindow; refused: number }>();

  constructor(listener: BrownoutListener) {
    this.#listener = listener;
  }

  /** Compare with the windows that are in force at an instant. */
  observe(windows: readonly BrownoutWindow[], instant: number): void {
    const keys = new Set(windows.map(keyOf));
    for (const [key, { window, refused }] of this.#open) {
      if (keys.has(key)) continue;
      this.#open.delete(key);
      this.#listener.ended({ ...window, refused, isCut: instant < window.to });
    }
    for (const window of windows) {
      const key = keyOf(window);
      if (this.#open.has(key)) continue;
      this.#open.set(key, { window, refused: 0 });
      this.#listener.began(window);
    }
  }

  /** Count a refused exchange. @returns false if its window has not been observed yet */
  count({ name, since, until }: Refusal): boolean {
    const open = until === undefined ? undefined : this.#open.get(keyOf({ name, from: since, to: until }));
    if (open !== undefined) open.refused += 1;
    return open !== undefined || until === undefined;
  }
}

function keyOf({ name, from, to }: BrownoutWindow): string {
  return `${from} ${to} ${name}`;
}
