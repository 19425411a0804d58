import { html } from '../../html.js';
import { ReasonLink } from '../../needs/names.js';
import { State } from '../../needs/states.js';
import { countOf } from '../amounts.js';
import { Time } from '../times.js';

/** @import { ReasonRow } from '../../../src/console/views/ledger-types.ts' */

/**
 * The reasons for which the gateway was needed, with who is left.
 * @param {{ reasons: readonly ReasonRow[] }} props
 */
export function ReasonsLeft({ reasons }) {
  return html`<table class="stacked reasons-left">
    <thead>
      <tr>
        <th scope="col">Reason</th>
        <th scope="col">State</th>
        <th scope="col" class="number">Projects left</th>
        <th scope="col" class="number">Clients left</th>
        <th scope="col" class="number">Calls</th>
        <th scope="col">Last call</th>
      </tr>
    </thead>
    <tbody>
      ${reasons.map((row) => html`<${Row} key=${row.reason} row=${row} />`)}
    </tbody>
  </table>`;
}

/** @param {{ row: ReasonRow }} props */
function Row({ row }) {
  const { reason, kind, projectsLeft, projects, clientsLeft, clients, answered, failed, last } = row;
  const of = `kind=${kind}&reason=${encodeURIComponent(reason)}`;
  return html`<tr>
    <th scope="row"><${ReasonLink} reason=${reason} /></th>
    <td data-label="State"><${State} figures=${row} /></td>
    <td class="number" data-label="Projects left">
      <${LeftOf} left=${projectsLeft} total=${projects} href="/console/projects?${of}" />
    </td>
    <td class="number" data-label="Clients left">
      <${LeftOf} left=${clientsLeft} total=${clients} href="/console/clients?${of}" />
    </td>
    <td class="number" data-label="Calls">
      <span
        ><a href="/console/projects?${of}&sort=calls">${countOf(answered)}</a
        >${failed > 0 && html`${' '}<small>${countOf(failed)} failed</small>`}</span
      >
    </td>
    <td data-label="Last call"><${Time} iso=${last} /></td>
  </tr>`;
}

/** @param {{ left: number, total: number, href: string }} props */
function LeftOf({ left, total, href }) {
  return html`<span
    ><a href="${href}&state=left">${countOf(left)}</a>${' '}<small
      >of <a href=${href}>${countOf(total)}</a></small
    ></span
  >`;
}
