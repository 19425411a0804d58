import { useless, warn } from './combination.ts';

/** Days within which a client that comes once a quarter comes again. */
const quarterDays = 95;

/** The ledger, and what it needs. */
export const wayOutCombinations = [
  ...(['ledger.intervalMs', 'ledger.maxKeys', 'ledger.days', 'ledger.instance'] as const).map((path) =>
    useless(
      [path, 'ledger.store'],
      (_, store) => store === 'off',
      `{${path}=}, and {ledger.store=}; nothing is counted: set {ledger.store}, or remove {${path}}.`,
    ),
  ),
  warn(
    ['ledger.days', 'ledger.store'],
    (days, store) => days < quarterDays && store !== 'off',
    `{ledger.days=}, and {ledger.store=}; a client that comes once a quarter is forgotten before it comes again, and a report may take it for gone: set at least ${quarterDays}, or 400 for one that comes once a year.`,
  ),
  warn(
    ['retire', 'ledger.store'],
    (retire, store) => retire !== '' && store === 'off',
    '{retire=}, and {ledger.store=}; nobody sees whom the retirement file hits, and a brownout that hits nobody proves nothing: set {ledger.store}.',
  ),
] as const;
