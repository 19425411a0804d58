import type { LedgerRun } from '../../../ledger/entry.ts';
import { dayText } from '../../../ledger/days.ts';
import { coverageOf } from '../../../way-out/data-gaps.ts';
import { KnownKeys } from '../../../way-out/known-keys.ts';
import type { WayOutData } from '../../../way-out/summary.ts';
import type { CommandIo } from '../../command.ts';
import type { LedgerSink } from './ledger-data.ts';
import { LogReader } from '../log/log-reader.ts';
import { readAdmin } from './read-admin.ts';
import { readBrownouts } from './read-brownouts.ts';
import { readLogs } from './read-logs.ts';
import { readStore } from './read-store.ts';
import type { ReportSource } from './source.ts';

/** The wishes for the data of a report. */
export interface GatherWishes {
  readonly sources: readonly ReportSource[];
  /** The number of the first and the last day of the report. */
  readonly sinceDay: number;
  readonly untilDay: number;
  /** The time of the report, in milliseconds of Unix time. */
  readonly now: number;
  readonly token: string | undefined;
  /** The path of the retirement file; '' for none. */
  readonly retire: string;
  /** True if no remark may name a file. */
  readonly isAnonymous: boolean;
}

/** The data of a report, and sentences about what is doubtful in them. */
export interface Gathered {
  readonly data: WayOutData;
  readonly remarks: readonly string[];
}

/** Read all sources and add them up. @throws {UsageError} for one that cannot be read */
export async function gather(wishes: GatherWishes, io: CommandIo): Promise<Gathered> {
  const { sources, sinceDay, untilDay, now, token, retire, isAnonymous } = wishes;
  const keys = new KnownKeys(now, sinceDay);
  const lastDay = dayText(untilDay);
  const runs: LedgerRun[] = [];
  const sink: LedgerSink = {
    count: (count) => {
      if (count.day <= lastDay) keys.add(count);
    },
    history: (history) => {
      if (history.first <= now) keys.addHistory(history);
    },
    run: (run) => {
      if (run.startedAt <= now) runs.push({ ...run, storedAt: Math.min(run.storedAt, now) });
    },
  };
  const reader = new LogReader(sink.count);
  const logs = sources.filter((source) => source.kind === 'log' || source.kind === 'stdin');
  const cut = await readLogs(logs, reader, io);
  reader.finish();
  for (const source of sources) {
    if (source.kind === 'store') await readStore(source.text, sink);
    if (source.kind === 'admin') await readAdmin(source.url, token, sink);
  }
  for (const run of reader.runs(now)) sink.run(run);
  const coverage = coverageOf(runs, now);
  const brownouts = readBrownouts(retire, coverage.since ?? now, now);
  const isMixed = logs.length > 0 && logs.length < sources.length;
  const remarks = [
    ...logRemarks(reader),
    ...cut.map((file) => cutRemark(isAnonymous ? 'A file' : file)),
    ...runRemarks(runs),
    ...(isMixed ? [mixed] : []),
  ];
  return { data: { keys: keys.values(), coverage, brownouts }, remarks };
}

const mixed = 'Log files and a ledger of the same gateway count its exchanges twice.';

function logRemarks({ problems: { broken, withoutNeeds } }: LogReader): readonly string[] {
  return [
    ...(withoutNeeds === 0
      ? []
      : [
          `Lines of exchanges without the field needs: ${withoutNeeds}. A version before 0.2.0 wrote them, and their days count as days without data.`,
        ]),
    ...(broken === 0 ? [] : [`Lines that could not be read, and are left out: ${broken}.`]),
  ];
}

function cutRemark(file: string): string {
  return `${file} ends in the middle: it was read as far as it goes.`;
}

function runRemarks(runs: readonly LedgerRun[]): readonly string[] {
  const others = runs.reduce((sum, run) => sum + run.others, 0);
  const boots = new Set(runs.map(({ boot }) => boot));
  return [
    ...(others === 0
      ? []
      : [`Needs that were counted as (other), because the ledger was full (ledger.maxKeys): ${others}.`]),
    ...(boots.size === runs.length ? [] : ['Several sources have counts of the same run: these count twice.']),
  ];
}
