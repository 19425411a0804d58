import { loadGroup } from '../../config/load.ts';
import { summaryOf, type WayOut } from '../../way-out/summary.ts';
import type { CommandIo, CommandValues } from '../command.ts';
import { foundCode } from '../exit-codes.ts';
import { fromSettings, storeOfSettings } from '../store-of-settings.ts';
import { printCsv } from './print/csv.ts';
import { printHtml } from './print/html/page.ts';
import { printMarkdown } from './print/markdown.ts';
import { anonymousNames, safeNames, withNames } from './print/names.ts';
import { printReportJson } from './print/json.ts';
import type { ReportPage } from './print/report-page.ts';
import { printTable } from './print/table.ts';
import { readWishes, type ReportFormat, type ReportWishes } from './report-wishes.ts';
import { gather } from './sources/gather.ts';
import { sourceOf } from './sources/source.ts';
import { tokenIn } from './sources/token-in.ts';

/** Carry out the command report. @returns the exit code @throws {UsageError} */
export async function runReport(values: CommandValues, io: CommandIo): Promise<number> {
  const wishes = readWishes(values, io.now());
  const { from, retire, 'token-file': tokenFile } = values.options;
  const given = [...(typeof from === 'string' ? [from] : []), ...values.args];
  const texts = given.length > 0 ? given : [storeOfSettings(io.environment)];
  const { data, remarks } = await gather(
    {
      sources: await Promise.all(texts.map(sourceOf)),
      sinceDay: wishes.sinceDay ?? 0,
      untilDay: wishes.untilDay,
      now: wishes.now,
      isAnonymous: wishes.isAnonymous,
      token: typeof tokenFile === 'string' ? tokenIn(tokenFile) : undefined,
      retire: typeof retire === 'string' ? retire : fromSettings(() => loadGroup(io.environment, 'retire')),
    },
    io,
  );
  const { by, project, now } = wishes;
  const wayOut = summaryOf(data, { by, project, sinceDay: wishes.sinceDay ?? 0, now });
  const isUnknown = project !== undefined && !data.keys.some(({ key }) => key.project === project);
  const allRemarks = isUnknown ? [...remarks, unknownProject] : remarks;
  io.stdout.write(printers[wishes.format](pageOf(wayOut, wishes, allRemarks), io));
  return isFound(wayOut, wishes) ? foundCode : 0;
}

const unknownProject = 'No call of this project that needed the gateway was ever counted: check its id.';

const printers: Readonly<Record<ReportFormat, (page: ReportPage, io: CommandIo) => string>> = {
  table: (page, { stdout }) => printTable(page, stdout.isTTY ? stdout.columns : undefined),
  json: printReportJson,
  csv: printCsv,
  md: printMarkdown,
  html: printHtml,
};

function pageOf(
  wayOut: WayOut,
  { by, project, now, sinceDay, top, isAnonymous }: ReportWishes,
  remarks: readonly string[],
): ReportPage {
  const rename = isAnonymous ? anonymousNames() : safeNames;
  return {
    wayOut: withNames(wayOut, rename),
    by,
    project: project === undefined ? undefined : rename('project', project),
    now,
    since: sinceDay,
    top,
    remarks,
  };
}

/** Check that the report has what it must fail on. Without any data nobody can tell, so that it fails as well. */
function isFound({ rows, verdict }: WayOut, { failOn }: ReportWishes): boolean {
  if (failOn !== undefined && verdict.kind === 'no-data') return true;
  const { needing, notBreaking, failing, unverified } = rows;
  switch (failOn) {
    case undefined:
      return false;
    case 'breaks':
      return needing.length > 0;
    case 'needs':
      return needing.length + notBreaking.length > 0;
    case 'any':
      return needing.length + notBreaking.length + failing.length + unverified.length > 0;
    default:
      return failOn satisfies never;
  }
}
