import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { Calls } from './figures.js';
import { ReasonLink } from './names.js';
import { State } from './states.js';

/** @import { NeedRow } from '../../src/console/views/ledger-types.ts' */
/** @import { ReasonView } from '../../src/console/views/view-types.ts' */

/** @typedef {ReadonlyMap<string, ReasonView>} Cures the reasons by their names */

/**
 * Load the reasons with their cures; undefined until they are here.
 * @returns {Cures | undefined}
 */
export function useCures() {
  const { data } = useData('/api/reasons');
  const reasons = /** @type {{ reasons: readonly ReasonView[] } | undefined} */ (data)?.reasons;
  return reasons && new Map(reasons.map((each) => [each.reason, each]));
}

/**
 * Return the name of a reason without its member.
 * @param {string} reason
 */
export function nameOfReason(reason) {
  return reason.replace(/:.*$/s, '');
}

/**
 * The reasons of somebody, each with what a call would meet without the gateway, and what to change.
 * @param {{ label: string, rows: readonly NeedRow[], cures: Cures, hrefOf: (row: NeedRow) => string }} props
 */
export function CureTable({ label, rows, cures, hrefOf }) {
  return html`<table class="cures stacked" aria-label=${label}>
    <thead>
      <tr>
        <th scope="col" class="col-reason">Reason</th>
        <th scope="col">Without the gateway</th>
        <th scope="col">What to change</th>
        <th scope="col" class="col-state">State</th>
        <th scope="col" class="col-calls number">Calls</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => html`<${Cure} key=${`${row.kind} ${row.reason}`} row=${row} cures=${cures} href=${hrefOf(row)} />`)}
    </tbody>
  </table>`;
}

/** @param {{ row: NeedRow, cures: Cures, href: string }} props */
function Cure({ row, cures, href }) {
  const { reason = '' } = row;
  const known = cures.get(nameOfReason(reason));
  return html`<tr>
    <th scope="row"><${ReasonLink} reason=${reason} /></th>
    <td data-label="Without the gateway">${known?.without ?? 'A later version has counted this reason.'}</td>
    <td data-label="What to change">${known?.cure ?? 'Look it up in the documents of that version.'}</td>
    <td data-label="State"><${State} figures=${row} /></td>
    <td data-label="Calls" class="number"><${Calls} figures=${row} href=${href} /></td>
  </tr>`;
}
