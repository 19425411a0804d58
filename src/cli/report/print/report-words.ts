import { dayText } from '../../../ledger/days.ts';
import type { Coverage, DataGap } from '../../../way-out/data-gaps.ts';
import type { ReportPage } from './report-page.ts';
import { minuteText } from '../../../way-out/words/time-text.ts';
import { daysText } from '../../../way-out/words/verdict-words.ts';

/** The title of a report. */
export function reportTitle({ now, since, project }: ReportPage): string {
  const of = project === undefined ? '' : ` in project ${project}`;
  const from = since === undefined ? '' : ` since ${dayText(since)}`;
  return `Who needs the gateway${of}${from}, as of ${minuteText(now)} UTC`;
}

/** Name the rows that are left out. */
export function restText(count: number): string {
  return `... and ${count} more`;
}

/** List what is to know about the data: since when there are some, what is missing, and what is doubtful. */
export function aboutData({ wayOut: { coverage, hasOthers }, remarks }: ReportPage): readonly string[] {
  return [
    ...coverageLines(coverage),
    ...(hasOthers
      ? ['Some callers are only counted together, as (other), because the ledger had no room for them.']
      : []),
    ...remarks,
  ];
}

/** Say since when there are data, and what is missing in them. */
export function coverageLines({ since, gaps }: Coverage): readonly string[] {
  return [
    ...(since === undefined ? [] : [`Data since ${minuteText(since)} UTC.`]),
    ...gaps.map(
      ({ first, last, reason }) => `${gapWords[reason].title} ${daysText(first, last)}: ${gapWords[reason].because}.`,
    ),
  ];
}

const gapWords: Readonly<Record<DataGap['reason'], { readonly title: string; readonly because: string }>> = {
  none: { title: 'No data', because: 'no gateway stored anything' },
  lost: { title: 'Counts lost', because: 'a gateway could not store for so long that it had no room for more counts' },
  cut: {
    title: 'Data cut off',
    because: 'a gateway ended before it had stored its last calls, or cannot store them',
  },
};
