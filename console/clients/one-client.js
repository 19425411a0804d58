import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { CallTable } from '../needs/call-table.js';
import { CureTable, useCures } from '../needs/cures.js';
import { agentText } from '../needs/names.js';
import { LedgerState } from '../needs/ledger-state.js';
import { LedgerNotes } from '../needs/notes.js';
import { useTarget } from '../parts/location.js';
import { Section } from '../parts/section.js';
import { queryOf, urlWith } from '../tables/columns.js';

/** @import { NeedRow, NeedsView } from '../../src/console/views/ledger-types.ts' */

/** The most reasons that a client is shown with. */
const mostReasons = 100;

/**
 * One client: what must be changed in it, and the calls of its projects.
 * @param {{ url: URL, agent: string }} props
 */
export function OneClient({ url, agent }) {
  const only = `agent=${encodeURIComponent(agent)}`;
  const loaded = useData(`/api/needs?by=reason&limit=${mostReasons}&${only}`);
  const view = /** @type {NeedsView | undefined} */ (loaded.data);
  const cures = useCures();
  const isHere = view !== undefined && cures !== undefined;
  useTarget(url, isHere);
  return html`<div class="page-head">
      <p class="back"><a href="/console/clients">All clients</a></p>
      <h1 tabindex="-1" class="code"><bdi>${agentText(agent)}</bdi></h1>
      <p class="lead">
        A program, as it names itself in User-Agent. Several programs may use the same name.
        <a href="/console/projects?${only}">Its projects</a>
      </p>
    </div>
    <${LedgerState} loaded=${loaded} />
    ${isHere && html`<${LedgerNotes} data=${view} /><${Changes} url=${url} agent=${agent} rows=${view.needs} cures=${cures} />`}`;
}

/** @param {{ url: URL, agent: string, rows: readonly NeedRow[], cures: import('../needs/cures.js').Cures }} props */
function Changes({ url, agent, rows, cures }) {
  const title = 'What to change in it';
  if (rows.length === 0)
    return html`<p class="empty">This client was never counted. <a href="/console/clients">All clients</a></p>`;
  const calls = (/** @type {NeedRow} */ { reason = '' }) => `${urlWith(url, { reason })}#calls`;
  return html`<${Section}
      id="change"
      title=${title}
      data="/api/needs"
      query=${queryOf(url, [], { by: 'reason', agent })}
    >
      <${CureTable} label=${title} rows=${rows} cures=${cures} hrefOf=${calls} />
    <//>
    <${CallTable} url=${url} fixed=${{ agent }} by=${['project', 'network', 'operation', 'reason']} />`;
}
