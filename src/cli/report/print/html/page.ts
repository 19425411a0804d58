import { dayNumberOf } from '../../../../ledger/days.ts';
import type { Row } from '../../../../way-out/rows.ts';
import { columnsBy, type Column } from '../columns.ts';
import { filledSections, type FilledSection, type ReportPage } from '../report-page.ts';
import { aboutData, reportTitle, restText } from '../report-words.ts';
import { holdTexts, verdictSentence, verdictTitle } from '../../../../way-out/words/verdict-words.ts';
import { html, type Markup } from './markup.ts';
import { style } from './style.ts';

/** Print a report as one page of HTML, which needs no other file and has no script. */
export function printHtml(page: ReportPage): string {
  const title = reportTitle(page);
  const about = aboutData(page).map((text) => html`<li>${sentence(text)}</li>`);
  // The style has no text of a caller.
  const sheet: Markup = { html: style };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${sheet}
        </style>
      </head>
      <body>
        <main>
          <h1>${sentence(title)}</h1>
          ${verdictMarkup(page)} ${filledSections(page).map((section) => sectionMarkup(section, page))}
          ${
            about.length === 0
              ? ''
              : html`<h2>The data</h2>
                  ${list(about, 'notes')}`
          }
          <footer>
            Times are in UTC. A row is quiet when it was silent for three times its longest gap, and for 30 days or, if
            it may come monthly, 95.
          </footer>
        </main>
      </body>
    </html> `.html;
}

function verdictMarkup({ wayOut: { verdict }, project }: ReportPage): Markup {
  const holds = holdTexts(verdict.holds).map((text) => html`<li>${sentence(text)}</li>`);
  return html`<section class="verdict" style="--tone: var(--${verdict.kind})">
    <strong>${verdictTitle(verdict.kind, project)}</strong>
    <p>${sentence(verdictSentence(verdict, project))}</p>
    ${holds.length === 0 ? '' : list(holds, 'holds')}
  </section>`;
}

function list(items: readonly Markup[], name: string): Markup {
  return html`<ul class="${name}">
    ${items}
  </ul>`;
}

function sectionMarkup({ kind, title, text, empty, rows, left }: FilledSection, { by, now }: ReportPage): Markup {
  const head = html`<h2>${title}</h2>
    <p class="soft">${rows.length === 0 ? (empty ?? '') : text}</p>`;
  if (rows.length === 0) return head;
  const columns = columnsBy(by).filter(({ title }) => title !== 'last request');
  const heads = columns.map((column) => html`<th scope="col" class="${classOf(column)}">${column.title}</th>`);
  return html`${head}
    <div class="card ${kind}">
      <table>
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => rowMarkup(row, columns, dayNumberOf(now)))}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p class="soft">${restText(left)}</p>` : ''}`;
}

function rowMarkup(row: Row, columns: readonly Column[], today: number): Markup {
  const cells = columns.map(
    (column) =>
      html`<td class="${classOf(column)}" data-label="${column.title}">${cellMarkup(column, row, today)}</td>`,
  );
  return html`<tr class="${row.state}">
    ${cells}
  </tr> `;
}

function cellMarkup({ title, cell }: Column, row: Row, today: number): Markup {
  const text = cell(row);
  if (title === 'state') return html`<span class="state">${text}</span>`;
  if (title === 'first') return html`<span>${text.slice(0, dayLength)}</span>`;
  if (title === 'last') return html`<span>${text}<small class="request">${row.requestId}</small></span>`;
  if (title !== 'quiet on') return html`<bdi>${text}</bdi>`;
  const { lastDay, overOn } = row.silence;
  const part = Math.max(0, Math.min(100, Math.round((100 * (today - lastDay)) / (overOn - lastDay))));
  return html`<span
    >${text}<span class="bar"><i style="width: ${String(part)}%"></i></span
  ></span>`;
}

const dayLength = 10;
const date = /(\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)/;

/** Keep dates on one line: browsers break them behind their hyphens. */
function sentence(text: string): readonly Markup[] {
  return text.split(date).map((part, at) => (at % 2 === 1 ? html`<span class="date">${part}</span>` : html`${part}`));
}

function classOf({ isNumber, isOfCaller }: Column): string {
  if (isOfCaller) return 'caller';
  return isNumber ? 'number' : 'text';
}
