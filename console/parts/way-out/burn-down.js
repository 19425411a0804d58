import { html, useMemo } from '../../html.js';
import { DayChart } from '../chart/day-chart.js';
import { lookCount } from '../chart/marks.js';
import { setParameter } from '../location.js';
import { Section } from '../section.js';
import { dayNumberOf, dayText, numberedDay } from '../days.js';

/** @import { BurnDown, WayOutView } from '../../../src/console/views/ledger-types.ts' */
/** @import { Line } from '../chart/plot.js' */
/** @typedef {'projects' | 'clients' | 'calls'} Measure */

/** The numbers that can be shown, by the parameter `measure`; the first is the default. */
const measures = /** @type {const} */ ([
  { value: 'projects', label: 'Projects' },
  { value: 'clients', label: 'Clients' },
  { value: 'calls', label: 'Calls a day' },
]);

/** The stretches of time that can be shown, by the parameter `span`, in days; '' is everything. */
const spans = [
  { value: '', label: 'All' },
  { value: '365', label: 'A year' },
  { value: '90', label: '90 days' },
];

/** The units of the axis. @type {Readonly<Record<Measure, string>>} */
const units = { projects: 'Projects', clients: 'Clients', calls: 'Calls a day' };

/**
 * The burn-down: who still needed the gateway on each day, by reason.
 * @param {{ view: WayOutView, url: URL }} props
 */
export function BurnDownSection({ view: { burnDown, daysWithoutData }, url }) {
  const measure = measures.find(({ value }) => value === url.searchParams.get('measure'))?.value ?? 'projects';
  const span = url.searchParams.get('span') ?? '';
  const hidden = (url.searchParams.get('hide') ?? '').split(',').filter(Boolean);
  const { from, lines } = useMemo(() => linesOf(burnDown, measure, span), [burnDown, measure, span]);
  const rowsOf = (/** @type {Line} */ { place }, /** @type {string} */ day) =>
    rowsOfPoint(burnDown.series[place], measure, day, burnDown.windowDays);
  return html`<${Section}
    id="burn-down"
    title="Burn-down"
    data="/api/way-out/days"
    lead=${leadOf(measure, burnDown.windowDays)}
  >
    <div class="chart-choices">
      <${Choices} name="measure" legend="What to count" choices=${measures} chosen=${measure} />
      <${Choices} name="span" legend="Time to show" choices=${spans} chosen=${span} />
    </div>
    <${DayChart}
      from=${from}
      lines=${lines}
      hidden=${hidden}
      gaps=${daysWithoutData}
      unit=${units[measure]}
      isStepped=${measure !== 'calls'}
      label=${summaryOf(lines, from, measure)}
      hrefOf=${rowsOf}
      onHide=${(/** @type {readonly string[]} */ names) => setParameter('hide', names.join(','))}
    />
    ${
      burnDown.series.length > lookCount &&
      html`<p class="muted below">
        The lines are those of the ${lookCount - 1} reasons that most projects needed;${' '}<a href="#reasons-left"
          >the table</a
        >${' '}has all.
      </p>`
    }
  <//>`;
}

/** @param {Measure} measure @param {number} windowDays */
function leadOf(measure, windowDays) {
  if (measure === 'calls')
    return 'Calls of each day that were answered, and that the cloud alone would not have answered so.';
  return `The ${measure} that called on a day or in the ${windowDays - 1} days before it, so that those who come once a month stay visible.`;
}

/** @param {{ name: string, legend: string, choices: readonly { value: string, label: string }[], chosen: string }} props */
function Choices({ name, legend, choices, chosen }) {
  const first = choices[0]?.value;
  return html`<fieldset>
    <legend class="unseen">${legend}</legend>
    ${choices.map(
      ({ value, label }) =>
        html`<label class="choice" key=${value}>
          <input
            type="radio"
            name=${name}
            checked=${chosen === value}
            onChange=${() => setParameter(name, value === first ? '' : value)}
          />
          <span>${label}</span>
        </label>`,
    )}
  </fieldset>`;
}

/**
 * Choose the lines: the sum, and the reasons that matter most.
 * @param {BurnDown} burnDown
 * @param {Measure} measure
 * @param {string} span
 * @returns {{ from: number, lines: readonly Line[] }}
 */
function linesOf({ from: firstDay, series }, measure, span) {
  const length = series[0]?.calls.length ?? 0;
  const shown = Math.min(length, /^\d+$/.test(span) ? Number(span) : length);
  const from = dayNumberOf(firstDay) + length - shown;
  const lines = series.slice(0, lookCount).map(({ reason, [measure]: values }, place) => ({
    name: reason ?? 'all that break',
    place,
    values: values.slice(length - shown),
  }));
  return { from, lines };
}

/**
 * Return the URL of the rows behind a point of the chart: those who called on that day, or in the days of the window before.
 * @param {BurnDown['series'][number] | undefined} series
 * @param {Measure} measure
 * @param {string} day
 * @param {number} windowDays
 */
function rowsOfPoint(series, measure, day, windowDays) {
  const { reason = null, breaks = true } = series ?? {};
  const from = measure === 'calls' ? day : numberedDay(dayNumberOf(day) - windowDays + 1);
  const query = new URLSearchParams({
    kind: breaks ? 'needing' : 'notBreaking',
    ...(reason !== null && { reason }),
    from,
    to: day,
    ...(measure === 'calls' && { sort: 'calls' }),
  });
  return `/console/${measure === 'clients' ? 'clients' : 'projects'}?${query}`;
}

/** Say in words what the chart shows. @param {readonly Line[]} lines @param {number} from @param {Measure} measure */
function summaryOf([all], from, measure) {
  if (all === undefined) return 'No data';
  const [first = 0, last = 0] = [all.values[0], all.values.at(-1)];
  const days = [from, from + all.values.length - 1].map((day) => dayText(numberedDay(day)));
  return `${measure === 'calls' ? 'Calls a day' : measure} that break without the gateway: ${first} on ${days[0]}, ${last} on ${days[1]}. The table below has the numbers.`;
}
