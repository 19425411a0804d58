import { html } from '../html.js';
import { Section } from '../parts/section.js';
import { urlWith } from '../tables/columns.js';
import { dayAfter } from './calendar.js';
import { ChosenDay } from './chosen-day.js';
import { HeatMap } from './heat-map.js';

/** @import { ProjectView } from '../../src/console/views/ledger-types.ts' */

/** The days that are shown at first: half a year. */
const usualDays = 182;

/**
 * The days of a project as a calendar, and the numbers of the day that was chosen.
 * @param {{ view: ProjectView, item: string, url: URL }} props
 */
export function DaysOfProject({ view, item, url }) {
  return html`<${Section}
    id="days"
    title="Days"
    data="/api/projects/${item}/days"
    lead="Calls of each day in UTC. A day leads to its rows; the arrows of the keyboard move from day to day."
  >
    <${Calendar} view=${view} item=${item} url=${url} />
  <//>`;
}

/** @param {{ view: ProjectView, item: string, url: URL }} props */
function Calendar({ view: { asOf, dataSince, days, daysWithoutData }, item, url }) {
  const until = asOf.slice(0, 10);
  const first = [dataSince?.slice(0, 10) ?? until, days[0]?.day ?? until].toSorted()[0] ?? until;
  const isLong = first < dayAfter(until, -usualDays);
  const isWhole = url.searchParams.get('days') === 'all';
  const from = isLong && !isWhole ? `${dayAfter(until, -usualDays).slice(0, 7)}-01` : first;
  const chosen = url.searchParams.get('day');
  const shown = days.map(({ day, needing, notBreaking, failed }) => ({ day, answered: needing + notBreaking, failed }));
  const isWithoutData = (/** @type {string} */ day) =>
    daysWithoutData.some((gap) => gap.first <= day && day <= gap.last);
  return html`<${HeatMap}
      days=${shown.filter(({ day }) => day >= from)}
      from=${from}
      until=${until}
      isWithoutData=${isWithoutData}
      chosen=${chosen}
      hrefOf=${(/** @type {string} */ day) => `${urlWith(url, { day })}#day`}
    />
    ${
      isLong &&
      html`<p>
        <a href=${`${urlWith(url, { days: isWhole ? '' : 'all' })}#days`}
          >${isWhole ? 'Show the last months only' : 'Show all months'}</a
        >
      </p>`
    }
    ${chosen !== null && html`<${ChosenDay} day=${chosen} counts=${days.find((each) => each.day === chosen)} isWithoutData=${isWithoutData(chosen)} item=${item} url=${url} />`}`;
}
