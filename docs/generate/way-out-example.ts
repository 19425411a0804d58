import { printTable } from '../../src/cli/report/print/table.ts';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import type { LedgerKey } from '../../src/ledger/entry.ts';
import { coverageOf } from '../../src/way-out/data-gaps.ts';
import { KnownKeys } from '../../src/way-out/known-keys.ts';
import { summaryOf } from '../../src/way-out/summary.ts';
import type { PastBrownout } from '../../src/way-out/brownout.ts';

/** A client of the example: it called every so many days, from a day to another. */
interface ExampleClient {
  readonly key: LedgerKey;
  readonly from: string;
  readonly until: string;
  readonly everyDays: number;
}

const network = '198.51.100.0/24';

const exampleClients: readonly ExampleClient[] = [
  {
    key: { project: 'finance', agent: 'fog/1.22.0', network, operation: 'rebuild', reason: 'xml-request' },
    from: '2026-01-05T06:30',
    until: '2026-05-20T06:30',
    everyDays: 1,
  },
  {
    key: { project: 'archive', agent: 'jclouds/1.5.10', network, operation: 'listServers', reason: 'suffix' },
    from: '2026-01-10T22:00',
    until: '2026-03-11T22:00',
    everyDays: 30,
  },
];

/** Print the report of the example at a time, in a block of Markdown. */
function exampleAt(date: string, brownouts: readonly PastBrownout[]): string {
  const now = Date.parse(`${date}T12:00Z`);
  const keys = new KnownKeys(now, 0);
  for (const { key, from, until, everyDays } of exampleClients) {
    const end = Math.min(Date.parse(`${until}Z`), now);
    for (let time = Date.parse(`${from}Z`); time <= end; time += everyDays * dayMs) {
      const day = dayText(Math.floor(time / dayMs));
      keys.add({ key, day, answered: 1, failed: 0, refused: 0, first: time, last: time, requestId: 'req-1' });
    }
  }
  const run = { instance: 'gateway', boot: '1', version: '0.2.0', isClosed: false, others: 0 };
  const coverage = coverageOf([{ ...run, startedAt: Date.parse('2026-01-01T00:00Z'), storedAt: now }], now);
  const by = ['project', 'agent', 'reason'] as const;
  const wayOut = summaryOf({ keys: keys.values(), coverage, brownouts }, { by, project: undefined, sinceDay: 0, now });
  const report = printTable({ wayOut, by, project: undefined, now, since: undefined, top: 100, remarks: [] }, 100);
  return `\`\`\`text\n${report}\`\`\``;
}

/** Print the report of a gateway that is needed. */
export function neededExample(): string {
  return exampleAt('2026-05-21', []);
}

/** Print the report of the same gateway when it can be switched off. */
export function safeExample(): string {
  const from = Date.parse('2026-09-01T00:00Z');
  return exampleAt('2026-09-14', [{ from, until: from + dayMs, isForAll: true, covers: () => true }]);
}
