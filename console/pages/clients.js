import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { OneClient } from '../clients/one-client.js';
import { Calls, figureColumns } from '../needs/figures.js';
import { FilterNote, useReasonChoice } from '../needs/filter-note.js';
import { clientUrl, ClientLink, ReasonLinks } from '../needs/names.js';
import { LedgerNotes } from '../needs/notes.js';
import { LedgerSource } from '../needs/source.js';
import { kindChoice, StateMeanings, stateChoice } from '../needs/states.js';
import { countOf } from '../parts/amounts.js';
import { Failure, Section } from '../parts/section.js';
import { pageQuery, queryOf } from '../tables/columns.js';
import { Filters } from '../tables/filters.js';
import { PagedTable } from '../tables/paged-table.js';

/** @import { ClientRow, ClientsView } from '../../src/console/views/ledger-types.ts' */

/** The parameters of the view that the route takes as well. */
const taken = ['q', 'state', 'kind', 'reason', 'project', 'sort'];

/** @type {readonly import('../tables/columns.js').Column<ClientRow>[]} */
const columns = [
  { name: 'agent', title: 'Client', sort: 'name', isHead: true, cell: (row) => html`<${ClientLink} ...${row} />` },
  figureColumns.state,
  { name: 'reasons', title: 'To change', cell: ({ reasons }) => html`<${ReasonLinks} reasons=${reasons} />` },
  {
    name: 'projects',
    title: 'Projects',
    isNumber: true,
    cell: ({ agent, projects }) =>
      html`<a href="/console/projects?agent=${encodeURIComponent(agent)}">${countOf(projects)}</a>`,
  },
  {
    name: 'calls',
    title: 'Calls',
    isNumber: true,
    sort: 'calls',
    cell: (row) => html`<${Calls} figures=${row} href=${`${clientUrl(row.agent)}#calls`} />`,
  },
  figureColumns.last,
  figureColumns.quiet,
];

/**
 * The page of the clients that need the gateway, and that of one of them. An agent may be empty and has slashes, so it is a
 * parameter and no part of the path.
 * @param {{ url: URL }} props
 */
export function ClientsPage({ url }) {
  const agent = url.searchParams.get('agent');
  return agent === null
    ? html`<${AllClients} url=${url} />`
    : html`<${OneClient} key=${agent} url=${url} agent=${agent} />`;
}

/** @param {{ url: URL }} props */
function AllClients({ url }) {
  const query = queryOf(url, taken);
  const { data, failure } = useData(`/api/clients?${pageQuery(query, url)}`);
  const view = /** @type {ClientsView | undefined} */ (data);
  const reasonChoice = useReasonChoice();
  return html`<div class="page-head">
      <h1 tabindex="-1">Clients</h1>
      <p class="lead">
        Programs that call, by their User-Agent. The name of a client leads to what must be changed in it.
      </p>
    </div>
    <${Failure} failure=${failure} hasData=${view !== undefined} />
    <${LedgerNotes} data=${view} />
    ${
      view !== undefined &&
      html`<${Section} id="clients" title="Programs" data="/api/clients" query=${query}>
        <${FilterNote} url=${url} name="project" noun="project" />
        <${Filters}
          url=${url}
          label="Search clients"
          choices=${[stateChoice, kindChoice, reasonChoice]}
          found=${`${countOf(view.total)} ${view.total === 1 ? 'client' : 'clients'}`}
        />
        <div class="hold-rows"><${Found} view=${view} url=${url} /><${StateMeanings} /></div>
      <//>`
    }
    <${LedgerSource} data=${view} />`;
}

/** @param {{ view: ClientsView, url: URL }} props */
function Found({ view, url }) {
  if (view.total > 0)
    return html`<${PagedTable}
      label="Clients"
      columns=${columns}
      rows=${view.clients}
      total=${view.total}
      keyOf=${(/** @type {ClientRow} */ { agent }) => agent}
      url=${url}
    />`;
  return url.search === ''
    ? html`<p class="empty">
        No client has needed the gateway since its ledger counts. One appears here with its first call that the cloud
        alone would refuse or answer differently.
      </p>`
    : html`<p class="empty">No client is like that. <a href="/console/clients">Show all clients</a></p>`;
}
