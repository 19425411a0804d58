import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { LedgerState } from '../needs/ledger-state.js';
import { countOf } from '../parts/amounts.js';
import { Failure, Section } from '../parts/section.js';

/** @import { ReasonRow, WayOutView } from '../../src/console/views/ledger-types.ts' */
/** @import { ReasonView } from '../../src/console/views/view-types.ts' */

/**
 * The page of the reasons to need the gateway, and that of one of them.
 * @param {{ item: string | undefined }} props
 */
export function ReasonsPage({ item }) {
  const { data, failure } = useData('/api/reasons');
  const reasons = /** @type {{ reasons: readonly ReasonView[] } | undefined} */ (data)?.reasons;
  const shown = reasons?.find(({ reason }) => reason === item);
  if (item === undefined) return html`<${AllReasons} reasons=${reasons} failure=${failure} />`;
  return html`<div class="page-head">
      <p class="back"><a href="/console/reasons">All reasons</a></p>
      <h1 tabindex="-1" class="code">${item}</h1>
    </div>
    <${Failure} failure=${failure} hasData=${reasons !== undefined} />
    ${shown !== undefined && html`<${Reason} reason=${shown} />`}
    ${
      reasons !== undefined &&
      shown === undefined &&
      html`<p class="empty">
        There is no such reason. <a href="/console/reasons">All reasons</a> lists those of this version.
      </p>`
    }`;
}

/** @param {{ reasons: readonly ReasonView[] | undefined, failure: string | undefined }} props */
function AllReasons({ reasons, failure }) {
  const loaded = useData('/api/way-out');
  const rows = rowsIn(/** @type {import('../data/use-data.js').Loaded<WayOutView>} */ (loaded));
  const [breaking = [], working = []] = reasons
    ? [true, false].map((breaks) => reasons.filter((reason) => reason.breaks === breaks))
    : [];
  return html`<div class="page-head">
      <h1 tabindex="-1">Reasons</h1>
      <p class="lead">
        Why a caller needs the gateway, what its request would meet without it, and what to change in the client.
      </p>
    </div>
    <${Failure} failure=${failure} hasData=${reasons !== undefined} />
    <${Section} id="breaking" title="Breaks without the gateway" data="/api/reasons">
      <div class="hold-reasons">
        ${reasons !== undefined && breaking.length === 0 && html`<p class="empty">This version knows no such reason.</p>`}
        ${breaking.length > 0 && html`<${ReasonTable} reasons=${breaking} rows=${rows} />`}
      </div>
    <//>
    ${
      working.length > 0 &&
      html`<${Section}
        id="working"
        title="Works without it, or fails either way"
        lead="These need no change before the gateway is switched off."
      >
        <${ReasonTable} reasons=${working} rows=${rows} />
      <//>`
    }
    <${LedgerState} loaded=${loaded} />`;
}

/**
 * List who has each reason by its name; undefined until it is here, null if it cannot be had.
 * @param {import('../data/use-data.js').Loaded<WayOutView>} loaded
 */
function rowsIn({ data, failure }) {
  if (data === undefined) return failure === undefined ? undefined : null;
  return new Map(data.reasons.map((row) => [row.reason, row]));
}

/** @param {{ reasons: readonly ReasonView[], rows: ReadonlyMap<string, ReasonRow> | null | undefined }} props */
function ReasonTable({ reasons, rows }) {
  return html`<table class="reasons stacked">
    <thead>
      <tr>
        <th scope="col">Reason</th>
        <th scope="col">Without the gateway</th>
        <th scope="col">The cure</th>
        <th scope="col">Left</th>
      </tr>
    </thead>
    <tbody>
      ${reasons.map(
        ({ reason, about, without, cure }) =>
          html`<tr key=${reason}>
            <th scope="row">
              <a class="code" href="/console/reasons/${reason}">${reason}</a
              >${about !== null && html`<span class="code muted">:${about}</span>`}
            </th>
            <td data-label="Without the gateway">${without}</td>
            <td data-label="The cure">${cure}</td>
            <td data-label="Left">
              ${rows === null ? html`<span class="muted">not known</span>` : rows && html`<${WhoIsLeft} reason=${reason} row=${rows.get(reason)} />`}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/**
 * The projects and clients with a reason that may call again.
 * @param {{ reason: string, row: ReasonRow | undefined }} props
 */
function WhoIsLeft({ reason, row }) {
  if (row === undefined) return html`<span class="muted">nobody</span>`;
  const { projectsLeft, clientsLeft } = row;
  return html`<span class="who">
    <a href="/console/projects?reason=${reason}&state=left"
      >${countOf(projectsLeft)} ${projectsLeft === 1 ? 'project' : 'projects'}</a
    >
    <a href="/console/clients?reason=${reason}&state=left"
      >${countOf(clientsLeft)} ${clientsLeft === 1 ? 'client' : 'clients'}</a
    >
  </span>`;
}

/** @param {{ reason: ReasonView }} props */
function Reason({ reason: { reason, about, breaks, without, cure, before, after } }) {
  return html`<dl class="reason">
      <dt>Without the gateway</dt>
      <dd>${without} <span class=${breaks ? 'tag bad' : 'tag'}>${breaks ? 'breaks' : 'no change needed'}</span></dd>
      <dt>The cure</dt>
      <dd>${cure}</dd>
      ${
        about !== null &&
        html`<dt>Written as</dt>
          <dd>${' '}<span class="code">${reason}:${about}</span>, with the ${about} that it is about</dd>`
      }
    </dl>
    <p class="who">
      Who has it: <a href="/console/projects?reason=${reason}">projects</a> and${' '}
      <a href="/console/clients?reason=${reason}">clients</a>
    </p>
    <div class="change">
      <${Example} title="Sent today" text=${before} />
      <${Example} title="After the change" text=${after} />
    </div>`;
}

/** @param {{ title: string, text: string }} props */
function Example({ title, text }) {
  return html`<figure>
    <figcaption>${title}</figcaption>
    <pre tabindex="0" aria-label=${title}>${text}</pre>
  </figure>`;
}
