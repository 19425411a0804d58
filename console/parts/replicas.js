import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { countOf } from './amounts.js';
import { Failure, Section } from './section.js';
import { SettingLink } from './setting-link.js';
import { Time } from './times.js';

/** @import { ReplicaRow, ReplicasView } from '../../src/console/views/replica-types.ts' */
/** @import { LedgerView } from '../../src/console/views/view-types.ts' */

/** The time between two readings: the ledger is read again after some seconds at the earliest. */
const everyMs = 30_000;

/**
 * The gateways that the ledger knows, and whether it is that of all replicas.
 * @param {{ ledger: LedgerView | null | undefined }} props undefined until it is known
 */
export function Replicas({ ledger }) {
  return html`<${Section}
    id="replicas"
    title="Replicas"
    data=${ledger === null ? undefined : '/api/replicas'}
    lead=${leadOf(ledger)}
  >
    <div class="hold-replicas">
      ${ledger === null && html`<p class="empty">Set <${SettingLink} name="ledger.store" /> to see who needs the gateway, and which replicas count.</p>`}
      ${ledger !== null && ledger !== undefined && html`<${Known} />`}
    </div>
  <//>`;
}

/** @param {LedgerView | null | undefined} ledger */
function leadOf(ledger) {
  if (ledger === undefined) return ' ';
  if (ledger === null) return 'The ledger is off: nobody is counted.';
  if (ledger.store === 'memory')
    return html`The ledger is in memory: the pages about projects and clients show this gateway alone. Set${' '}
      <${SettingLink} name="ledger.store" /> to a PostgreSQL database, and they show the sum of all replicas; a file of
      SQLite is enough for the gateways of one machine.`;
  return 'The pages about projects and clients show the sum of all gateways that store what they count in the same place. It knows these:';
}

function Known() {
  const { data, failure } = useData('/api/replicas', everyMs);
  const view = /** @type {ReplicasView | undefined} */ (data);
  return html`<${Failure} failure=${failure} hasData=${view !== undefined} />
    ${view?.replicas.length === 0 && html`<p class="empty">No gateway has stored anything yet.</p>`}
    ${view !== undefined && view.replicas.length > 0 && html`<${ReplicaTable} replicas=${view.replicas} />`}`;
}

/** @param {{ replicas: readonly ReplicaRow[] }} props */
function ReplicaTable({ replicas }) {
  return html`<table class="stacked replicas">
    <thead>
      <tr>
        <th scope="col">Gateway</th>
        <th scope="col">State</th>
        <th scope="col">Version</th>
        <th scope="col">Started</th>
        <th scope="col">Stored up to</th>
        <th scope="col">Gaps</th>
      </tr>
    </thead>
    <tbody>
      ${replicas.map((replica) => html`<${Row} key=${replica.instance} replica=${replica} />`)}
    </tbody>
  </table>`;
}

/** @param {{ replica: ReplicaRow }} props */
function Row({ replica: { instance, state, processes, version, startedAt, storedAt, gaps, lastGapAt, others } }) {
  return html`<tr>
    <th scope="row" class="code">${instance}</th>
    <td data-label="State" class="state">
      <span class=${state === 'silent' ? 'tag bad' : 'tag'}>${state}</span>
      ${processes > 1 && html` <small>${countOf(processes)} processes</small>`}
    </td>
    <td data-label="Version">${version}</td>
    <td data-label="Started"><${Time} iso=${startedAt} /></td>
    <td data-label="Stored up to"><${Time} iso=${storedAt} /></td>
    <td data-label="Gaps">
      ${gaps === 0 ? html`<span class="muted">none</span>` : html`<span>${countOf(gaps)}${lastGapAt !== null && html`, the last at <${Time} iso=${lastGapAt} />`}</span>`}
      ${others > 0 && html`<small class="block">${countOf(others)} needs without names: <${SettingLink} name="ledger.maxKeys" /></small>`}
    </td>
  </tr>`;
}
