import { wrap } from '../../../config/help.ts';
import { columnsBy, type Column } from './columns.ts';
import { cutToWidth, padToWidth, widthOf } from './display-width.ts';
import { filledSections, type FilledSection, type ReportPage } from './report-page.ts';
import { aboutData, reportTitle, restText } from './report-words.ts';
import { holdTexts, verdictSentence, verdictTitle } from '../../../way-out/words/verdict-words.ts';

/** The narrowest width, and the widest one for sentences, in cells. */
const leastWidth = 40;
const widestSentence = 100;
/** The narrowest column of a caller's texts, in cells. */
const leastCell = 8;
const gap = '  ';

/** Print a report for a terminal. @param columns of the terminal; undefined for a file or a pipe, where nothing is cut */
export function printTable(page: ReportPage, columns: number | undefined): string {
  const width = Math.max(leastWidth, columns || Infinity);
  const sentence = (text: string, indent = 0): string => wrapped(text, indent, Math.min(width, widestSentence));
  const { verdict } = page.wayOut;
  const parts = [
    [sentence(reportTitle(page))],
    [
      verdictTitle(verdict.kind, page.project).toUpperCase(),
      sentence(verdictSentence(verdict, page.project)),
      ...holdTexts(verdict.holds).map((text) => `- ${sentence(text, 2)}`),
    ],
    ...filledSections(page).map((section) => sectionLines(section, columnsBy(page.by), width, sentence)),
    aboutData(page).map((text) => sentence(text)),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function sectionLines(
  { title, text, empty, rows, left }: FilledSection,
  columns: readonly Column[],
  width: number,
  sentence: (text: string) => string,
): readonly string[] {
  const head = sentence(`${title}. ${text}`);
  if (rows.length === 0) return [head, ...(empty === undefined ? [] : [sentence(empty)])];
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  return [head, ...tableLines(columns, cells, width), ...(left > 0 ? [restText(left)] : [])];
}

/** Align the cells: where there is no room, columns are left out, and then texts of callers are cut. */
function tableLines(all: readonly Column[], cells: readonly (readonly string[])[], width: number): readonly string[] {
  const widths = all.map(({ title }, at) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[at] ?? ''))));
  const kept = keptColumns(all, widths, width);
  fit(kept, all, widths, width);
  const line = (row: readonly string[]): string =>
    kept
      .map((at) => padToWidth(cutToWidth(row[at] ?? '', widths[at] ?? 0), widths[at] ?? 0, all[at]?.isNumber === true))
      .join(gap)
      .trimEnd();
  return [line(all.map(({ title }) => title.toUpperCase())), ...cells.map(line)];
}

/** Choose the columns that fit if texts of callers are cut to the narrowest. */
function keptColumns(all: readonly Column[], widths: readonly number[], width: number): readonly number[] {
  const need = (columns: readonly number[]): number =>
    columns.reduce((sum, at) => sum + leastWidthOf(all[at], widths[at] ?? 0), gap.length * (columns.length - 1));
  let kept = all.map((_, at) => at);
  while (need(kept) > width) {
    const worst = kept.reduce((found, at) => ((all[at]?.leaveOut ?? 0) > (all[found]?.leaveOut ?? 0) ? at : found));
    if ((all[worst]?.leaveOut ?? 0) === 0) break;
    kept = kept.filter((at) => at !== worst);
  }
  return kept;
}

function leastWidthOf(column: Column | undefined, width: number): number {
  return column?.isOfCaller === true ? Math.min(width, 2 * leastCell) : width;
}

/** Narrow the widest text of callers until the line fits. */
function fit(kept: readonly number[], all: readonly Column[], widths: number[], width: number): void {
  for (;;) {
    const total = kept.reduce((sum, at) => sum + (widths[at] ?? 0), gap.length * (kept.length - 1));
    const ofCallers = kept.filter((at) => all[at]?.isOfCaller === true && (widths[at] ?? 0) > leastCell);
    const [first] = ofCallers;
    if (total <= width || first === undefined) return;
    const widest = ofCallers.reduce((found, at) => ((widths[at] ?? 0) > (widths[found] ?? 0) ? at : found), first);
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

/** Wrap a text; its first line is not indented, because a mark stands before it. */
function wrapped(text: string, indent: number, width: number): string {
  return wrap(text, indent, width).join('\n').trimStart();
}
