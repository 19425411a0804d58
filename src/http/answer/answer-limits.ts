import type { Config } from '../../config/settings.ts';
import { createGate, type Gate } from '../exchange/fair-share/gate.ts';
import type { Budget } from '../exchange/budget.ts';
import { createWriteApart, type WriteApart } from './apart/threads.ts';
import { createUnsentAnswers, type UnsentAnswers } from './unsent-answers.ts';

/** The limits of answers that are read whole, which all exchanges share. */
export interface AnswerLimits {
  /** The budget of the bodies. */
  readonly budget: Budget;
  /** The limit of long answers that are rewritten at a time. */
  readonly longAnswers: Gate;
  /** The threads for large documents that cannot be cut into slices. */
  readonly writeApart: WriteApart;
  /** The watch of answers that their callers have not read. */
  readonly watchUnsent: UnsentAnswers;
  /** The number of bytes of these. */
  readonly unsentBytes: () => number;
}

/** Create the limits, with nothing held. */
export function createAnswerLimits({ upstream, exchanges, connections }: Config): AnswerLimits {
  const unsent = createUnsentAnswers(connections.maxUntakenBytes);
  return {
    budget: { held: 0, most: upstream.answersMaxTotalBytes },
    // The queue has a place for every exchange, and the wait is as long as an exchange may be, so that none is refused.
    longAnswers: createGate({
      kind: 'longAnswers',
      max: exchanges.maxLongAnswers,
      maxWaiting: exchanges.max,
      waitMs: exchanges.timeoutMs,
      share: { max: exchanges.maxLongAnswers, maxWaiting: exchanges.max },
    }),
    writeApart: createWriteApart(),
    watchUnsent: unsent.watch,
    unsentBytes: unsent.bytes,
  };
}
