import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { ClientLink, ProjectLink, projectUrl, ReasonLinks } from '../needs/names.js';
import { LedgerState } from '../needs/ledger-state.js';
import { LedgerNotes } from '../needs/notes.js';
import { countOf } from '../parts/amounts.js';
import { DataLink, Section } from '../parts/section.js';
import { Time } from '../parts/times.js';

/** @import { PlanCaller, PlanPart, PlanReach, RetirementPlanView } from '../../src/console/views/plan-types.ts' */

const rowsPath = '/api/retirement/plan/rows';

/**
 * Load whom the retirement file would refuse.
 * @returns {import('../data/use-data.js').Loaded<RetirementPlanView>}
 */
export function usePlan() {
  return useData('/api/retirement/plan');
}

/**
 * Whom each rule and brownout would refuse, and who is left.
 * @param {{ loaded: import('../data/use-data.js').Loaded<RetirementPlanView>, title: string }} props
 */
export function Plan({ loaded, title }) {
  const { data: plan } = loaded;
  return html`<${Section} id="plan" title=${title} data=${rowsPath} lead=${plan === undefined ? ' ' : leadOf(plan)}>
    <${LedgerState} loaded=${loaded} />
    <${LedgerNotes} data=${plan} />
    <div class="hold-plan">
      ${plan !== undefined && plan.needed.exchanges > 0 && html`<${Parts} plan=${plan} />`}
      ${
        plan !== undefined &&
        plan.needed.exchanges === 0 &&
        html`<p class="empty">
          Nobody whose needs count called since ${plan.since}, as far as there are data.
          <a href="/console/gateway#replicas">The replicas</a> show which gateways have stored what they counted.
        </p>`
      }
    </div>
  <//>`;
}

/** @param {RetirementPlanView} plan */
function leadOf({ since, needed }) {
  return html`By the calls since ${since}, in UTC: ${reachText(needed)} needed the gateway.`;
}

/** @param {{ plan: RetirementPlanView }} props */
function Parts({ plan: { since, parts, moreParts, untouched } }) {
  return html`<div class="plan">
    ${parts.map((part) => html`<${Part} key=${part.name} part=${part} since=${since} />`)}
    ${moreParts > 0 && html`<p class="muted">${countOf(moreParts)} further rules and brownouts hit fewer; <${DataLink} path=${`${rowsPath}.csv`}>the table<//> has all.</p>`}
    ${
      untouched.exchanges > 0 &&
      html`<details>
        <summary><strong>Nothing</strong> would refuse ${reachText(untouched)}</summary>
        <${Callers} reach=${untouched} since=${since} label="Callers whom nothing would refuse" />
      </details>`
    }
  </div>`;
}

/** @param {{ part: PlanPart, since: string }} props */
function Part({ part: { name, kind, hits, perhaps, spared }, since }) {
  return html`<details>
    <summary>
      <span class="tag">${kind}</span> <strong>${name}</strong> would refuse ${reachText(hits)}
      ${perhaps.exchanges > 0 && html`<span class="muted">, and perhaps some of ${reachText(perhaps)}</span>`}
      ${spared.exchanges > 0 && html`<span class="muted">; an exception spares ${reachText(spared)}</span>`}
    </summary>
    <${Group} title="Refused" reach=${hits} part=${name} since=${since} />
    <${Group}
      title="Perhaps, because the ledger does not know them exactly"
      reach=${perhaps}
      part=${name}
      since=${since}
    />
    <${Group} title="Spared by an exception" reach=${spared} part=${name} since=${since} />
    ${hits.exchanges + perhaps.exchanges + spared.exchanges === 0 && html`<p class="muted">It would hit nobody.</p>`}
  </details>`;
}

/** @param {{ title: string, reach: PlanReach, part: string, since: string }} props */
function Group({ title, reach, part, since }) {
  if (reach.exchanges === 0) return null;
  return html`<p class="group-title">${title}</p>
    <${Callers} reach=${reach} since=${since} label=${`${title}: ${part}`} />`;
}

/** @param {{ reach: PlanReach, since: string, label: string }} props */
function Callers({ reach: { rows }, since, label }) {
  return html`<table class="stacked callers" aria-label=${label}>
    <thead>
      <tr>
        <th scope="col">Project</th>
        <th scope="col">Client</th>
        <th scope="col">Call</th>
        <th scope="col" class="number">Exchanges</th>
        <th scope="col">Last</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => html`<${CallerRow} key=${[row.project, row.agent, row.network, row.operation].join('\n')} row=${row} since=${since} />`)}
    </tbody>
  </table>`;
}

/** @param {{ row: PlanCaller, since: string }} props */
function CallerRow({ row: { project, agent, network, operation, reasons, exchanges, last }, since }) {
  const rows = new URLSearchParams({ agent, network, operation, from: since });
  return html`<tr>
    <th scope="row"><${ProjectLink} project=${project} /></th>
    <td data-label="Client">
      <span><${ClientLink} agent=${agent} /><small class="block">from ${network}</small></span>
    </td>
    <td data-label="Call">
      <span><span class="code">${operation}</span> <${ReasonLinks} reasons=${reasons} /></span>
    </td>
    <td data-label="Exchanges" class="number">
      <a href=${`${projectUrl(project)}?${rows}#calls`}>${countOf(exchanges)}</a>
    </td>
    <td data-label="Last"><${Time} iso=${last} /></td>
  </tr>`;
}

/**
 * Count the exchanges, the projects and the clients of callers in words.
 * @param {PlanReach} reach
 */
function reachText({ exchanges, projects, clients }) {
  if (exchanges === 0) return 'nobody';
  const from = clients === 0 ? '' : ` with ${amount(clients, 'client')}`;
  return `${amount(exchanges, 'exchange')} of ${projects === 0 ? 'no known project' : amount(projects, 'project')}${from}`;
}

/** @param {number} count @param {string} noun */
function amount(count, noun) {
  return `${countOf(count)} ${noun}${count === 1 ? '' : 's'}`;
}
