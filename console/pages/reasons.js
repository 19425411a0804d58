import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { Failure, Section } from '../parts/section.js';

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
        ${breaking.length > 0 && html`<${ReasonTable} reasons=${breaking} />`}
      </div>
    <//>
    ${
      working.length > 0 &&
      html`<${Section}
        id="working"
        title="Works without it, or fails either way"
        lead="These need no change before the gateway is switched off."
      >
        <${ReasonTable} reasons=${working} />
      <//>`
    }`;
}

/** @param {{ reasons: readonly ReasonView[] }} props */
function ReasonTable({ reasons }) {
  return html`<table class="reasons stacked">
    <thead>
      <tr>
        <th scope="col">Reason</th>
        <th scope="col">Without the gateway</th>
        <th scope="col">The cure</th>
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
          </tr>`,
      )}
    </tbody>
  </table>`;
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
