import type { DayCount, LedgerRun } from '../../src/ledger/entry.ts';

const start = Date.parse('2026-11-30T08:00:00Z');

/** Make a run of a gateway, open unless the changes say otherwise. */
export function aRun(boot: string, changes: Partial<LedgerRun> = {}): LedgerRun {
  return {
    instance: 'gateway-a',
    boot,
    version: '1.0.0',
    startedAt: start,
    storedAt: start,
    isClosed: false,
    others: 0,
    ...changes,
  };
}

/** Make the count of a client by its number, with so many answered exchanges. */
export function aCount(client: number, answered = 1): DayCount {
  return {
    key: {
      project: `project-${client % 20}`,
      agent: `client/${client}`,
      network: '192.0.2.0/24',
      operation: 'rebuild',
      reason: 'xml-request',
    },
    day: '2026-11-30',
    answered,
    failed: 0,
    first: start,
    last: start + answered,
    requestId: `req-${client}`,
  };
}
