import { html } from '../html.js';
import { Callers } from '../needs/callers.js';
import { Calls, figureColumns } from '../needs/figures.js';
import { agentText, projectUrl, ProjectLink, ReasonLinks } from '../needs/names.js';
import { countOf } from '../parts/amounts.js';
import { OneProject } from '../projects/one-project.js';

/** @import { ProjectRow } from '../../src/console/views/ledger-types.ts' */

/** @type {import('../needs/callers.js').CallerTable<ProjectRow>} */
const table = {
  list: 'projects',
  title: 'Projects',
  lead: 'Who still needs the gateway. The name of a project leads to what breaks and what its owner must change.',
  heading: 'Who needs the gateway',
  noun: 'project',
  of: { name: 'agent', noun: 'client', textOf: agentText },
  columnsOf: ({ filter }) => [
    {
      name: 'project',
      title: 'Project',
      sort: 'name',
      isHead: true,
      cell: (row) => html`<${ProjectLink} ...${row} />`,
    },
    figureColumns.state,
    { name: 'reasons', title: 'Reasons', cell: ({ reasons }) => html`<${ReasonLinks} reasons=${reasons} />` },
    {
      name: 'clients',
      title: 'Clients',
      isNumber: true,
      cell: ({ project, clients }) =>
        html`<a href=${`/console/clients?project=${encodeURIComponent(project)}${filter}`}>${countOf(clients)}</a>`,
    },
    {
      name: 'calls',
      title: 'Calls',
      isNumber: true,
      sort: 'calls',
      cell: (row) =>
        html`<${Calls} figures=${row} href=${`${projectUrl(row.project)}${filter.replace('&', '?')}#calls`} />`,
    },
    figureColumns.last,
    figureColumns.quiet,
  ],
  keyOf: ({ project }) => project,
  empty: html`Nobody has needed the gateway since its ledger counts. A client appears here with its first call that the
    cloud alone would refuse or answer differently; <a href="/console/reasons">the reasons</a> list what counts.`,
};

/**
 * The page of the projects that need the gateway, and that of one of them.
 * @param {{ url: URL, item: string | undefined }} props
 */
export function ProjectsPage({ url, item }) {
  return item === undefined
    ? html`<${Callers} url=${url} table=${table} />`
    : html`<${OneProject} key=${item} url=${url} item=${item} />`;
}
