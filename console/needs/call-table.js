import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { Section } from '../parts/section.js';
import { Time } from '../parts/times.js';
import { pageQuery, queryOf } from '../tables/columns.js';
import { PagedTable } from '../tables/paged-table.js';
import { Calls, figureColumns } from './figures.js';
import { FilterNote, KindNote } from './filter-note.js';
import { dayParameters, DaysNote } from './on-days.js';
import { ClientLink, Operation, ProjectLink, ReasonLink } from './names.js';

/** @import { NeedRow, NeedsView } from '../../src/console/views/ledger-types.ts' */

/** The members of a key. @typedef {'project' | 'agent' | 'network' | 'operation' | 'reason'} Member */

/** @type {Readonly<Record<Member, string>>} */
const memberNames = { project: 'project', agent: 'client', network: 'network', operation: 'call', reason: 'reason' };

/** The columns of names; a network stands below its client. @type {Readonly<Record<'project' | 'client' | 'operation' | 'reason', import('../tables/columns.js').Column<NeedRow>>>} */
const nameColumns = {
  operation: {
    name: 'operation',
    title: 'Call',
    isHead: true,
    cell: ({ operation }) => html`<${Operation} operation=${operation ?? ''} />`,
  },
  project: {
    name: 'project',
    title: 'Project',
    cell: ({ project = '' }) => html`<${ProjectLink} project=${project} />`,
  },
  client: {
    name: 'client',
    title: 'Client',
    cell: ({ agent, network }) =>
      html`<span
        >${agent !== undefined && html`<${ClientLink} agent=${agent} />`}
        <small class="block">from ${network}</small></span
      >`,
  },
  reason: { name: 'reason', title: 'Reason', cell: ({ reason = '' }) => html`<${ReasonLink} reason=${reason} />` },
};

/** @type {readonly import('../tables/columns.js').Column<NeedRow>[]} */
const figures = [
  figureColumns.state,
  { name: 'calls', title: 'Calls', isNumber: true, sort: 'calls', cell: (row) => html`<${Calls} figures=${row} />` },
  {
    name: 'last-request',
    title: 'Last call',
    sort: 'last',
    cell: ({ last, lastRequest }) =>
      html`<span
        ><${Time}
          iso=${last}
        />${lastRequest !== '' && html`<a class="code request" href=${`/console/live?q=${encodeURIComponent(lastRequest)}`}>${lastRequest}</a>`}</span
      >`,
  },
];

/**
 * The rows of the ledger that are about somebody: each call with its reason and its last request. The parameters of the view that
 * name a member choose among them.
 * @param {{ url: URL, fixed: Readonly<Partial<Record<Member, string>>>, by: readonly Member[] }} props
 */
export function CallTable({ url, fixed, by }) {
  const free = by.filter((member) => url.searchParams.has(member));
  const query = queryOf(url, [...free, 'kind', 'sort', ...dayParameters], { by: by.join(','), ...fixed });
  const { data, failure } = useData(`/api/needs?${pageQuery(query, url)}`);
  const view = /** @type {NeedsView | undefined} */ (data);
  return html`<${Section}
    id="calls"
    title="Calls"
    lead="The rows of the ledger: which call, for which reason, and when it was last seen."
    data="/api/needs"
    query=${query}
  >
    ${free.map((member) => html`<${FilterNote} key=${member} url=${url} name=${member} noun=${memberNames[member]} hash="#calls" />`)}
    <${KindNote} url=${url} hash="#calls" />
    <${DaysNote} url=${url} hash="#calls" />
    ${failure !== undefined && html`<p class="note bad" role="alert">${failure}</p>`}
    <div class="hold-rows">
      ${view?.total === 0 && html`<p class="empty">No call is like that.</p>`}
      ${
        view !== undefined &&
        view.total > 0 &&
        html`<${PagedTable}
          label="Calls"
          columns=${callColumns(by)}
          rows=${view.needs}
          total=${view.total}
          keyOf=${callKey}
          url=${url}
          id="#calls"
        />`
      }
    </div>
  <//>`;
}

/**
 * List the columns of calls.
 * @param {readonly Member[]} by
 */
export function callColumns(by) {
  const { operation, project, client, reason } = nameColumns;
  return [operation, ...(by.includes('project') ? [project] : []), client, reason, ...figures];
}

/** Tell rows of calls apart. @param {NeedRow} row */
export function callKey({ kind, project, agent, network, operation, reason }) {
  return [kind, project, agent, network, operation, reason].join('\n');
}
