import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import { createAnswerLimits, type AnswerLimits } from '../../http/answer/answer-limits.ts';
import type { Account } from '../../http/exchange/account/account.ts';
import type { Budget } from '../../http/exchange/budget.ts';
import type { Exchange } from '../../http/exchange/exchange.ts';
import { createAccounts } from '../../http/exchange/fair-share/accounts.ts';
import { regionNames } from './assign-region.ts';
import { createTurns, type Turns } from './turns.ts';

/**
 * The limits of a process, with what is held of each. They outlive a reload: exchanges that began with the former configuration
 * and those of the new one share them.
 */
export interface Limits {
  /** The budget of request bodies. */
  readonly requests: Budget;
  readonly answers: AnswerLimits;
  readonly turns: Turns;
  /**
   * Find the account of an exchange. Those of each region are apart: what the cloud of one accepts proves nothing to another, and
   * an account has its share of the turns of one cloud.
   */
  readonly accountOf: (exchange: Exchange) => Account;
  /** Use the limits of another configuration. What is held stays. */
  adjust(config: Config): void;
}

/** Create the limits, with nothing held. */
export function createLimits(config: Config): Limits {
  const requests: Budget = { held: 0, most: config.request.maxTotalBytes };
  const answers = createAnswerLimits(config);
  const turns = createTurns(config);
  const accounts = new Map<string, ReturnType<typeof createAccounts>>();
  const accountsOf = (region: string): ReturnType<typeof createAccounts> => {
    const known = accounts.get(region);
    if (known !== undefined) return known;
    const created = createAccounts({ accounts: fixedLimits.sharedAccounts, tokens: fixedLimits.provenTokens });
    accounts.set(region, created);
    return created;
  };
  return {
    requests,
    answers,
    turns,
    accountOf: (exchange) => accountsOf(exchange.trace.region ?? '')(exchange),
    adjust: (next) => {
      requests.most = next.request.maxTotalBytes;
      answers.adjust(next);
      turns.adjust(next);
      const names = new Set(['', ...regionNames(next)]);
      for (const region of accounts.keys()) if (!names.has(region)) accounts.delete(region);
    },
  };
}
