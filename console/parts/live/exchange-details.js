import { html } from '../../html.js';
import { amountOf } from '../amounts.js';

/** @import { SeenExchange } from '../../data/use-live.js' */

/**
 * All that is known of an exchange: the caller, the request to the cloud, the answer, the notes and the needs.
 * @param {{ exchange: SeenExchange }} props
 */
export function ExchangeDetails({ exchange }) {
  const { requestId, notes, needs } = exchange;
  return html`<div class="exchange">
    <${Facts} title="Caller" facts=${callerFacts(exchange)} />
    <${Facts} title="To the cloud" facts=${cloudFacts(exchange)} />
    <${Facts} title="Back to the caller" facts=${answerFacts(exchange)} />
    <div>
      <h2 class="minor">Needs the gateway</h2>
      ${needs.length === 0 && html`<p class="muted">No: the cloud would have given this answer, too.</p>`}
      <ul>
        ${needs.map(
          (need) =>
            html`<li key=${need}><a class="code" href="/console/reasons/${need.split(':')[0]}">${need}</a></li>`,
        )}
      </ul>
      <h2 class="minor">Notes</h2>
      ${notes.length === 0 && html`<p class="muted">None: nothing was mapped, dropped or replaced.</p>`}
      <ul>
        ${notes.map((note) => html`<li key=${note} class="code">${note.replace(';', ': ')}</li>`)}
      </ul>
    </div>
    <p class="exchange-link">
      <a href="/console/live?q=${encodeURIComponent(requestId)}">A link to this exchange</a>${' '}
      <span class="muted">finds it for as long as the gateway keeps it</span>
    </p>
  </div>`;
}

/** A name with its value, which is left out if there is none. @typedef {readonly [string, string | null]} Fact */

/** @param {SeenExchange} exchange @returns {readonly Fact[]} */
function callerFacts({ client, agent, project, region, instance, worker, mediaIn, bytesIn, globalRequestId, traceId }) {
  return [
    ['Address', client],
    ['Agent', agent],
    ['Project', project],
    ['Region', region],
    ['Body', bodyOf(mediaIn, bytesIn)],
    ['Its request id', globalRequestId],
    ['Its trace id', traceId],
    ['Replica', instance],
    ['Worker', worker === null ? null : String(worker)],
  ];
}

/** @param {SeenExchange} exchange @returns {readonly Fact[]} */
function cloudFacts({ cloudMethod, cloudPath, cloudStatus, cloudMs, cause }) {
  if (cloudMethod === null) return [['Request', 'nothing was sent']];
  return [
    ['Request', `${cloudMethod} ${cloudPath ?? ''}`],
    ['Status', cloudStatus === null ? 'no answer' : String(cloudStatus)],
    ['Took', cloudMs === null ? null : amountOf(cloudMs, 'milliseconds')],
    ['Cause', cause],
  ];
}

/** @param {SeenExchange} exchange @returns {readonly Fact[]} */
function answerFacts({ status, mediaOut, bytesOut, ms, fault, member, retired, requestId }) {
  return [
    ['Status', String(status)],
    ['Body', bodyOf(mediaOut, bytesOut)],
    ['Took in all', amountOf(ms, 'milliseconds')],
    ['Fault', fault],
    ['Member', member],
    ['Refused by', retired],
    ['Request id', requestId],
  ];
}

/** @param {string | null} media @param {number | null} bytes */
function bodyOf(media, bytes) {
  if (bytes === null) return media;
  const size = amountOf(bytes, 'bytes');
  return media === null ? size : `${media}, ${size}`;
}

/** @param {{ title: string, facts: readonly Fact[] }} props */
function Facts({ title, facts }) {
  return html`<div>
    <h2 class="minor">${title}</h2>
    <dl>
      ${facts.map(
        ([name, value]) =>
          value !== null &&
          html`<dt key=${name}>${name}</dt>
            <dd class="code">${value}</dd>`,
      )}
    </dl>
  </div>`;
}
