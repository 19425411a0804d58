import type { Config } from '../../config/settings.ts';
import { createGate, type Gate, type GateLimits } from '../exchange/fair-share/gate.ts';
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
  /** Use the limits of another configuration. What is held stays. */
  adjust(config: Config): void;
}

/** Create the limits, with nothing held. */
export function createAnswerLimits(config: Config): AnswerLimits {
  const unsent = createUnsentAnswers(config.connections.maxUntakenBytes);
  const budget: Budget = { held: 0, most: config.upstream.answersMaxTotalBytes };
  const longAnswers = createGate(longAnswerLimits(config));
  return {
    budget,
    longAnswers,
    writeApart: createWriteApart(),
    watchUnsent: unsent.watch,
    unsentBytes: unsent.bytes,
    adjust: (next) => {
      budget.most = next.upstream.answersMaxTotalBytes;
      longAnswers.adjust(longAnswerLimits(next));
      unsent.adjust(next.connections.maxUntakenBytes);
    },
  };
}

/** The queue has a place for every exchange, and the wait is as long as an exchange may be, so that none is refused. */
function longAnswerLimits({ exchanges }: Config): GateLimits {
  return {
    kind: 'longAnswers',
    max: exchanges.maxLongAnswers,
    maxWaiting: exchanges.max,
    waitMs: exchanges.timeoutMs,
    share: { max: exchanges.maxLongAnswers, maxWaiting: exchanges.max },
  };
}
