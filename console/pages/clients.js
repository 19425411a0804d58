import { OneClient } from '../clients/one-client.js';
import { html } from '../html.js';
import { Callers } from '../needs/callers.js';
import { Calls, figureColumns } from '../needs/figures.js';
import { clientUrl, ClientLink, ReasonLinks } from '../needs/names.js';
import { countOf } from '../parts/amounts.js';

/** @import { ClientRow } from '../../src/console/views/ledger-types.ts' */

/** @type {import('../needs/callers.js').CallerTable<ClientRow>} */
const table = {
  list: 'clients',
  title: 'Clients',
  lead: 'Programs that call, by their User-Agent. The name of a client leads to what must be changed in it.',
  heading: 'Programs',
  noun: 'client',
  of: { name: 'project', noun: 'project' },
  columnsOf: ({ filter }) => [
    { name: 'agent', title: 'Client', sort: 'name', isHead: true, cell: (row) => html`<${ClientLink} ...${row} />` },
    figureColumns.state,
    { name: 'reasons', title: 'To change', cell: ({ reasons }) => html`<${ReasonLinks} reasons=${reasons} />` },
    {
      name: 'projects',
      title: 'Projects',
      isNumber: true,
      cell: ({ agent, projects }) =>
        html`<a href=${`/console/projects?agent=${encodeURIComponent(agent)}${filter}`}>${countOf(projects)}</a>`,
    },
    {
      name: 'calls',
      title: 'Calls',
      isNumber: true,
      sort: 'calls',
      cell: (row) => html`<${Calls} figures=${row} href=${`${clientUrl(row.agent)}${filter}#calls`} />`,
    },
    figureColumns.last,
    figureColumns.quiet,
  ],
  keyOf: ({ agent }) => agent,
  empty: html`No client has needed the gateway since its ledger counts. One appears here with its first call that the
  cloud alone would refuse or answer differently.`,
};

/**
 * The page of the clients that need the gateway, and that of one of them. An agent may be empty and has slashes, so it is a
 * parameter and no part of the path.
 * @param {{ url: URL }} props
 */
export function ClientsPage({ url }) {
  const agent = url.searchParams.get('agent');
  return agent === null
    ? html`<${Callers} url=${url} table=${table} />`
    : html`<${OneClient} key=${agent} url=${url} agent=${agent} />`;
}
