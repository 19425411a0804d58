import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { CallTable } from '../needs/call-table.js';
import { CureTable, useCures } from '../needs/cures.js';
import { Calls, figureColumns } from '../needs/figures.js';
import { ClientLink } from '../needs/names.js';
import { LedgerState } from '../needs/ledger-state.js';
import { LedgerNotes } from '../needs/notes.js';
import { LedgerSource } from '../needs/source.js';
import { State } from '../needs/states.js';
import { countOf } from '../parts/amounts.js';
import { nameOfItem, useTarget } from '../parts/location.js';
import { Section } from '../parts/section.js';
import { Day, Time } from '../parts/times.js';
import { urlWith } from '../tables/columns.js';
import { DaysOfProject } from './days-of-project.js';
import { OwnerText } from './owner-text.js';

/** @import { NeedRow, PartOfNeeds, ProjectView } from '../../src/console/views/ledger-types.ts' */

/**
 * One project: what breaks without the gateway, what its owner must change, when it called, and by which clients.
 * @param {{ url: URL, item: string }} props
 */
export function OneProject({ url, item }) {
  const loaded = useData(`/api/projects/${item}`);
  const view = /** @type {ProjectView | undefined} */ (loaded.data);
  const cures = useCures();
  const isHere = view !== undefined && cures !== undefined;
  useTarget(url, isHere);
  return html`<div class="page-head">
      <p class="back"><a href="/console/projects">All projects</a></p>
      <h1 tabindex="-1" class="code"><bdi>${nameOfItem(item)}</bdi></h1>
      <div class="lead">${isHere && html`<${Summary} view=${view} />`}</div>
    </div>
    <${LedgerState} loaded=${loaded} />
    ${isHere && html`<${LedgerNotes} data=${view} />`}
    ${
      view?.row === null &&
      html`<p class="empty">
        This project was never counted: none of its calls needed the gateway.
        <a href="/console/projects">All projects</a>
      </p>`
    }
    ${isHere && view.row !== null && html`<${Parts} url=${url} item=${item} view=${view} cures=${cures} />`}
    <${LedgerSource} data=${view} />`;
}

/** @param {{ url: URL, item: string, view: ProjectView, cures: import('../needs/cures.js').Cures }} props */
function Parts({ url, item, view, cures }) {
  const project = nameOfItem(item);
  const title = 'What breaks, and what to change';
  const calls = (/** @type {NeedRow} */ row) => `${urlWith(url, membersOf(row))}#calls`;
  return html`<${Section} id="breaks" title=${title} data="/api/needs" query=${`by=reason&project=${item}`}>
      <${CureTable} label=${title} rows=${view.reasons.rows} cures=${cures} hrefOf=${calls} />
      <${LeftOut} part=${view.reasons} />
    <//>
    <${OwnerText} project=${project} url=${url} cures=${cures} />
    <${DaysOfProject} view=${view} item=${item} url=${url} />
    <${Section} id="clients" title="Clients" data="/api/needs" query=${`by=agent,network&project=${item}`}>
      <${Clients} part=${view.clients} hrefOf=${calls} />
    <//>
    <${CallTable} url=${url} fixed=${{ project }} by=${['agent', 'network', 'operation', 'reason']} />`;
}

/** @param {{ view: ProjectView }} props */
function Summary({ view: { row, verdict, withdrawals } }) {
  if (row === null) return null;
  return html`<p><${State} figures=${row} /> ${verdict.sentence}</p>
    <dl class="summary">
      <dt>Calls</dt>
      <dd>
        <a href="#calls">${countOf(row.answered)}</a> answered, ${countOf(row.failed)} failed, on${' '}
        <a href="#days">${countOf(row.daysSeen)} ${row.daysSeen === 1 ? 'day' : 'days'}</a>
      </dd>
      <dt>Last call</dt>
      <dd><${Time} iso=${row.last} /></dd>
      <dt>Quiet on</dt>
      <dd>
        <${Day} day=${row.quietOn} />${' '}
        <small>if it does not call again; its silence must last ${countOf(row.waitDays)} days</small>
      </dd>
      ${
        withdrawals.length > 0 &&
        html`<dt><a href="/console/retirement">Retirement file</a></dt>
          <dd>
            ${withdrawals.map(({ name, match }) => (match === 'all' ? name : `${name} (some of its calls)`)).join(', ')}
          </dd>`
      }
    </dl>`;
}

/** @param {{ part: PartOfNeeds, hrefOf: (row: NeedRow) => string }} props */
function Clients({ part, hrefOf }) {
  return html`<table class="paged stacked" aria-label="Clients">
      <thead>
        <tr>
          <th scope="col">Client</th>
          <th scope="col">Network</th>
          <th scope="col" class="col-state">State</th>
          <th scope="col" class="col-calls number">Calls</th>
          <th scope="col" class="col-last">Last call</th>
        </tr>
      </thead>
      <tbody>
        ${part.rows.map(
          (row) =>
            html`<tr key=${`${row.kind} ${row.agent} ${row.network}`}>
              <th scope="row"><${ClientLink} agent=${row.agent ?? ''} /></th>
              <td data-label="Network"><span class="code">${row.network}</span></td>
              <td data-label="State"><${State} figures=${row} /></td>
              <td data-label="Calls" class="number"><${Calls} figures=${row} href=${hrefOf(row)} /></td>
              <td data-label="Last call">${figureColumns.last.cell(row)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <${LeftOut} part=${part} />`;
}

/** @param {{ part: PartOfNeeds }} props */
function LeftOut({ part: { left } }) {
  return left > 0 && html`<p class="muted">${countOf(left)} more are in the CSV and the JSON.</p>`;
}

/** @param {NeedRow} row */
function membersOf({ agent, network, operation, reason }) {
  const members = Object.entries({ agent, network, operation, reason }).filter(([, value]) => value !== undefined);
  return /** @type {Record<string, string>} */ (Object.fromEntries(members));
}
