import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { Calls, figureColumns } from '../needs/figures.js';
import { FilterNote, useReasonChoice } from '../needs/filter-note.js';
import { agentText, projectUrl, ProjectLink, ReasonLinks } from '../needs/names.js';
import { LedgerNotes } from '../needs/notes.js';
import { LedgerSource } from '../needs/source.js';
import { kindChoice, StateMeanings, stateChoice } from '../needs/states.js';
import { countOf } from '../parts/amounts.js';
import { Failure, Section } from '../parts/section.js';
import { OneProject } from '../projects/one-project.js';
import { pageQuery, queryOf } from '../tables/columns.js';
import { Filters } from '../tables/filters.js';
import { PagedTable } from '../tables/paged-table.js';

/** @import { ProjectRow, ProjectsView } from '../../src/console/views/ledger-types.ts' */

/** The parameters of the view that the route takes as well. */
const taken = ['q', 'state', 'kind', 'reason', 'agent', 'sort'];

/** @type {readonly import('../tables/columns.js').Column<ProjectRow>[]} */
const columns = [
  { name: 'project', title: 'Project', sort: 'name', isHead: true, cell: (row) => html`<${ProjectLink} ...${row} />` },
  figureColumns.state,
  { name: 'reasons', title: 'Reasons', cell: ({ reasons }) => html`<${ReasonLinks} reasons=${reasons} />` },
  {
    name: 'clients',
    title: 'Clients',
    isNumber: true,
    cell: ({ project, clients }) => html`<a href="${projectUrl(project)}#clients">${countOf(clients)}</a>`,
  },
  {
    name: 'calls',
    title: 'Calls',
    isNumber: true,
    sort: 'calls',
    cell: (row) => html`<${Calls} figures=${row} href=${`${projectUrl(row.project)}#calls`} />`,
  },
  figureColumns.last,
  figureColumns.quiet,
];

/**
 * The page of the projects that need the gateway, and that of one of them.
 * @param {{ url: URL, item: string | undefined }} props
 */
export function ProjectsPage({ url, item }) {
  return item === undefined
    ? html`<${AllProjects} url=${url} />`
    : html`<${OneProject} key=${item} url=${url} item=${item} />`;
}

/** @param {{ url: URL }} props */
function AllProjects({ url }) {
  const query = queryOf(url, taken);
  const { data, failure } = useData(`/api/projects?${pageQuery(query, url)}`);
  const view = /** @type {ProjectsView | undefined} */ (data);
  const reasonChoice = useReasonChoice();
  return html`<div class="page-head">
      <h1 tabindex="-1">Projects</h1>
      <p class="lead">
        Who still needs the gateway. The name of a project leads to what breaks and what its owner must change.
      </p>
    </div>
    <${Failure} failure=${failure} hasData=${view !== undefined} />
    <${LedgerNotes} data=${view} />
    ${
      view !== undefined &&
      html`<${Section} id="projects" title="Who needs the gateway" data="/api/projects" query=${query}>
        <${FilterNote} url=${url} name="agent" noun="client" textOf=${agentText} />
        <${Filters}
          url=${url}
          label="Search projects"
          choices=${[stateChoice, kindChoice, reasonChoice]}
          found=${foundOf(view.total)}
        />
        <div class="hold-rows"><${Found} view=${view} url=${url} /><${StateMeanings} /></div>
      <//>`
    }
    <${LedgerSource} data=${view} />`;
}

/** @param {{ view: ProjectsView, url: URL }} props */
function Found({ view, url }) {
  if (view.total > 0)
    return html`<${PagedTable}
      label="Projects"
      columns=${columns}
      rows=${view.projects}
      total=${view.total}
      keyOf=${(/** @type {ProjectRow} */ { project }) => project}
      url=${url}
    />`;
  return url.search === ''
    ? html`<p class="empty">
        Nobody has needed the gateway since its ledger counts. A client appears here with its first call that the cloud
        alone would refuse or answer differently; <a href="/console/reasons">the reasons</a> list what counts.
      </p>`
    : html`<p class="empty">No project is like that. <a href="/console/projects">Show all projects</a></p>`;
}

/** @param {number} total */
function foundOf(total) {
  return `${countOf(total)} ${total === 1 ? 'project' : 'projects'}`;
}
