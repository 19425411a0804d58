import { html, useMemo, useState } from '../../html.js';
import { dayNumberOf, dayText, numberedDay } from '../days.js';
import { DayNumber, Legend } from './legend.js';
import { Plot } from './plot.js';

/** @import { GapView } from '../../../src/console/views/ledger-types.ts' */
/** @import { Chart, Line } from './plot.js' */

/** The most rows of the table that stands for a chart. */
const mostRows = 26;

/**
 * A chart of lines over days, with a slider that chooses a day, a legend with the numbers of that day, and a table.
 * @param {{
 *   from: number,
 *   lines: readonly Line[],
 *   hidden: readonly string[],
 *   gaps: readonly GapView[],
 *   unit: string,
 *   isStepped: boolean,
 *   label: string,
 *   hrefOf: (line: Line, day: string) => string,
 *   onHide: (names: readonly string[]) => void,
 * }} props
 */
export function DayChart({ from, lines, hidden, gaps, unit, isStepped, label, hrefOf, onHide }) {
  const last = from + (lines[0]?.values.length ?? 1) - 1;
  const [chosen, setDay] = useState(last);
  const day = Math.min(last, Math.max(from, chosen));
  const chart = useMemo(
    () => ({
      from,
      lines: lines.filter(({ name }) => !hidden.includes(name)),
      gaps: gaps.map(numbered),
      unit,
      isStepped,
    }),
    [lines, gaps, hidden.join()],
  );
  const toggle = (/** @type {Line} */ { name }) =>
    onHide(hidden.includes(name) ? hidden.filter((each) => each !== name) : [...hidden, name]);
  const rowsOf = (/** @type {Line} */ line, /** @type {number} */ at) => hrefOf(line, numberedDay(from + at));
  return html`<div class="chart">
    <${Plot} chart=${chart} day=${day} onDay=${setDay} label=${label} />
    <${DaySlider} from=${from} last=${last} day=${day} isComplete=${isComplete(chart, day)} onDay=${setDay} />
    <${Legend}
      lines=${lines}
      at=${day - from}
      isHidden=${(/** @type {Line} */ { name }) => hidden.includes(name)}
      onToggle=${toggle}
      hrefOf=${rowsOf}
    />
    ${
      gaps.length > 0 &&
      html`<p class="muted below">
        <span class="hatched" aria-hidden="true"></span>${' '}Hatched: days without data, or of which calls may be
        missing.
      </p>`
    }
    <details class="below">
      <summary>The same as a table</summary>
      <${ChartTable} chart=${chart} lines=${lines} hrefOf=${rowsOf} />
    </details>
  </div>`;
}

/** @param {{ from: number, last: number, day: number, isComplete: boolean, onDay: (day: number) => void }} props */
function DaySlider({ from, last, day, isComplete: hasAll, onDay }) {
  const text = dayText(numberedDay(day));
  return html`<label class="chart-day">
    <span>Day <b>${text}</b>${!hasAll && html`${' '}<span class="tag">not all data</span>`}</span>
    <input
      type="range"
      min=${from}
      max=${last}
      value=${day}
      aria-valuetext=${hasAll ? text : `${text}, not all data`}
      onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) => onDay(Number(currentTarget.value))}
    />
  </label>`;
}

/** @param {{ chart: Chart, lines: readonly Line[], hrefOf: (line: Line, at: number) => string }} props */
function ChartTable({ chart, lines, hrefOf }) {
  const length = lines[0]?.values.length ?? 0;
  const step = Math.max(1, Math.ceil(length / mostRows));
  const places = Array.from({ length: Math.ceil(length / step) }, (_, row) => length - 1 - row * step);
  return html`<div class="scrolled" tabindex="0" role="region" aria-label="The chart as a table">
    <table>
      <thead>
        <tr>
          <th scope="col">Day</th>
          ${lines.map(({ name }) => html`<th scope="col" class="number" key=${name}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${places.map(
          (at) =>
            html`<tr key=${at}>
              <th scope="row">
                ${dayText(numberedDay(chart.from + at))}${!isComplete(chart, chart.from + at) && html`${' '}<span class="tag">not all data</span>`}
              </th>
              ${lines.map(
                (line) =>
                  html`<td class="number" key=${line.name}>
                    <${DayNumber} line=${line} at=${at} href=${hrefOf(line, at)} />
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param {Chart} chart @param {number} day */
function isComplete({ gaps }, day) {
  return !gaps.some(({ first, last }) => first <= day && day <= last);
}

/** @param {GapView} gap */
function numbered({ first, last }) {
  return { first: dayNumberOf(first), last: dayNumberOf(last) };
}
