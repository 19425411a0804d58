import { columnsBy } from './columns.ts';
import { filledSections, type FilledSection, type ReportPage } from './report-page.ts';
import { aboutData, reportTitle, restText } from './report-words.ts';
import { holdTexts, verdictSentence, verdictTitle } from '../../../way-out/words/verdict-words.ts';

/** Print a report as Markdown, with the tables of GitHub. */
export function printMarkdown(page: ReportPage): string {
  const { verdict } = page.wayOut;
  const about = aboutData(page);
  const parts = [
    `# ${escaped(reportTitle(page))}`,
    `**${verdictTitle(verdict.kind, page.project)}** ${escaped(verdictSentence(verdict, page.project))}`,
    list(holdTexts(verdict.holds)),
    ...filledSections(page).map((section) => sectionText(section, page)),
    ...(about.length === 0 ? [] : [`## The data`, list(about)]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sectionText({ title, text, empty, rows, left }: FilledSection, { by }: ReportPage): string {
  const head = `## ${escaped(title)}\n\n${escaped(text)}`;
  if (rows.length === 0) return `${head}\n\n${escaped(empty ?? '')}`;
  const columns = columnsBy(by);
  const lines = [
    line(columns.map((column) => column.title)),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map(({ cell }) => escaped(cell(row))))),
  ];
  return `${head}\n\n${lines.join('\n')}${left > 0 ? `\n\n${restText(left)}` : ''}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function list(texts: readonly string[]): string {
  return texts.map((text) => `- ${escaped(text)}`).join('\n');
}

/** Escape what Markdown or HTML would take for markup: a caller chooses its User-Agent. */
function escaped(text: string): string {
  return (
    text
      .replace(/[\\`*_[\]<>|~#&$!]/g, '\\$&')
      .replace(/^(\s*)([-+=])/, '$1\\$2')
      // A list begins with a number and a space; an address does not.
      .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/\bwww\./gi, '$&\u200b')
  );
}
