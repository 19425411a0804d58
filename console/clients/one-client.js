import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { CallTable } from '../needs/call-table.js';
import { CureTable, useCures } from '../needs/cures.js';
import { agentText } from '../needs/names.js';
import { LedgerNotes } from '../needs/notes.js';
import { Failure, Section } from '../parts/section.js';
import { urlWith } from '../tables/columns.js';

/** @import { NeedsView } from '../../src/console/views/ledger-types.ts' */

/** The most reasons that a client is shown with. */
const mostReasons = 100;

/**
 * One client: what must be changed in it, and the calls of its projects.
 * @param {{ url: URL, agent: string }} props
 */
export function OneClient({ url, agent }) {
  const only = `agent=${encodeURIComponent(agent)}`;
  const path = `/api/needs?by=reason&limit=${mostReasons}&${only}`;
  const { data, failure } = useData(path);
  const view = /** @type {NeedsView | undefined} */ (data);
  const cures = useCures();
  return html`<div class="page-head">
      <p class="back"><a href="/console/clients">All clients</a></p>
      <h1 tabindex="-1" class="code"><bdi>${agentText(agent)}</bdi></h1>
      <p class="lead">
        A program, as it names itself in User-Agent. Several programs may use the same name.
        <a href="/console/projects?${only}">Its projects</a>
      </p>
    </div>
    <${Failure} failure=${failure} hasData=${view !== undefined} />
    <${LedgerNotes} data=${view} />
    <${Section} id="change" title="What to change in it" data="/api/needs" query=${`by=reason&${only}`}>
      <div class="hold-rows">
        ${view?.total === 0 && html`<p class="empty">This client was never counted. <a href="/console/clients">All clients</a></p>`}
        ${
          view !== undefined &&
          view.total > 0 &&
          cures !== undefined &&
          html`<${CureTable}
            label="What to change in it"
            rows=${view.needs}
            cures=${cures}
            hrefOf=${(/** @type {{ reason?: string }} */ { reason = '' }) => `${urlWith(url, { reason })}#calls`}
          />`
        }
      </div>
    <//>
    <${CallTable} url=${url} fixed=${{ agent }} by=${['project', 'network', 'operation', 'reason']} />`;
}
