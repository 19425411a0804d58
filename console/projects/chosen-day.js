import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { callColumns, callKey } from '../needs/call-table.js';
import { LedgerState } from '../needs/ledger-state.js';
import { dayQuery } from '../needs/on-days.js';
import { countOf } from '../parts/amounts.js';
import { DataLinks } from '../parts/section.js';
import { Day } from '../parts/times.js';
import { urlWith } from '../tables/columns.js';
import { PagedTable } from '../tables/paged-table.js';

/** @import { NeedsView, ProjectDay } from '../../src/console/views/ledger-types.ts' */

/** The rows that are shown below the calendar; the table of all calls has the others. */
const mostRows = 20;

/** The columns of the rows of a day, without an order of their own. */
const columns = callColumns(['agent', 'network', 'operation', 'reason']).map(
  ({ name, title, isNumber = false, isHead = false, cell }) => ({ name, title, isNumber, isHead, cell }),
);

/**
 * The day of a project that was chosen: its numbers, and the rows behind them.
 * @param {{ day: string, counts: ProjectDay | undefined, isWithoutData: boolean, item: string, url: URL }} props
 */
export function ChosenDay({ day, counts, isWithoutData, item, url }) {
  const query = `project=${item}&${dayQuery(day)}`;
  const loaded = useData(`/api/needs?by=agent,network,operation,reason&sort=calls&limit=${mostRows}&${query}`);
  const view = /** @type {NeedsView | undefined} */ (loaded.data);
  const calls = (/** @type {string} */ kind) => `${urlWith(url, { from: day, to: day, kind })}#calls`;
  return html`<div id="day" class="chosen-day">
    <header class="section-head">
      <h3><${Day} day=${day} /></h3>
      <${DataLinks} path="/api/needs" query=${query} title="The rows of the day" />
    </header>
    <${Numbers} counts=${counts} hrefOf=${calls} />
    ${isWithoutData && html`<p>Data of this day are missing: there may have been more calls.</p>`}
    <${LedgerState} loaded=${loaded} />
    <div class="hold-day">
      ${
        view !== undefined &&
        view.total > 0 &&
        html`<${PagedTable}
          label="Calls of the day"
          columns=${columns}
          rows=${view.needs}
          total=${view.needs.length}
          keyOf=${callKey}
          url=${url}
        />`
      }
      ${view !== undefined && view.total > mostRows && html`<p class="more-rows"><a href=${calls('')}>All ${countOf(view.total)} rows of the day</a></p>`}
    </div>
  </div>`;
}

/** @param {{ counts: ProjectDay | undefined, hrefOf: (kind: string) => string }} props */
function Numbers({ counts, hrefOf }) {
  if (counts === undefined) return html`<p class="muted">No call of this day is in the ledger.</p>`;
  const { needing, notBreaking, failed } = counts;
  const number = (/** @type {number} */ count, /** @type {string} */ kind) =>
    count === 0 ? '0' : html`<a href=${hrefOf(kind)}>${countOf(count)}</a>`;
  return html`<dl class="summary">
    <dt>Would fail without the gateway</dt>
    <dd>${number(needing, 'needing')}</dd>
    <dt>Work without it</dt>
    <dd>${number(notBreaking, 'notBreaking')}</dd>
    <dt>Failed</dt>
    <dd>${number(failed, '')}</dd>
  </dl>`;
}
