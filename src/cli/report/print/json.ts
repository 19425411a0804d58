import { dayText } from '../../../ledger/days.ts';
import type { Row } from '../../../way-out/rows.ts';
import type { Hold } from '../../../way-out/verdict.ts';
import { filledSections, type ReportPage } from './report-page.ts';
import { isoText } from '../../../way-out/words/time-text.ts';
import { holdSentence, verdictSentence } from '../../../way-out/words/verdict-words.ts';

/** The version of the form. A later one may have more members; a member that changes or goes makes a new version. */
const formVersion = 1;

/** Print a report as JSON. docs/way-out.md describes the members. */
export function printReportJson(page: ReportPage): string {
  const { wayOut, by, project, now, since, remarks } = page;
  const { verdict, coverage } = wayOut;
  const report = {
    report: 'way-out',
    version: formVersion,
    asOf: isoText(now),
    since: since === undefined ? null : dayText(since),
    project: project ?? null,
    by,
    verdict: {
      kind: verdict.kind,
      sentence: verdictSentence(verdict, project),
      earliest: verdict.earliest === undefined ? null : dayText(verdict.earliest),
      holds: verdict.holds.map(holdData),
    },
    tables: Object.fromEntries(
      filledSections(page).map(({ kind, rows, left }) => [kind, { rows: rows.map(rowData), left }]),
    ),
    dataSince: isoText(coverage.since ?? Number.NaN),
    daysWithoutData: coverage.gaps.map(({ first, last, reason }) => ({
      first: dayText(first),
      last: dayText(last),
      reason,
    })),
    remarks,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function holdData(hold: Hold) {
  return {
    kind: hold.kind,
    until: hold.overOn === undefined ? null : dayText(hold.overOn),
    sentence: holdSentence(hold),
    ...('silence' in hold
      ? { caller: hold.silence.of, lastDay: dayText(hold.silence.lastDay), waitDays: hold.silence.wait.days }
      : {}),
  };
}

function rowData({ name, silence, first, last, ...row }: Row) {
  const { state, answered, failed, daysSeen, longestGapDays, requestId, breaks } = row;
  return {
    ...name,
    state,
    breaks,
    answered,
    failed,
    first: isoText(first),
    last: isoText(last),
    daysSeen,
    longestGapDays,
    waitDays: silence.wait.days,
    quietOn: dayText(silence.overOn),
    lastRequest: requestId,
  };
}
