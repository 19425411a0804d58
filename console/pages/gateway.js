import { useData } from '../data/use-data.js';
import { html, useEffect } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { Bars } from '../parts/bars.js';
import { Facts } from '../parts/facts.js';
import { Replicas } from '../parts/replicas.js';
import { Failure, Section } from '../parts/section.js';
import { SettingLink } from '../parts/setting-link.js';
import { Settings } from '../parts/settings.js';
import { Clock, durationOf, Time } from '../parts/times.js';

/** @import { CertificateView, GatewayView, LimitView, SettingView } from '../../src/console/views/view-types.ts' */

/** The time between two readings of what changes by itself. */
const everyMs = 5000;
/** The days before its end from which a certificate is marked. */
const soonDays = 30;

/**
 * The page of the gateway itself: its state, its limits, its certificates and its settings.
 * @param {{ url: URL }} props
 */
export function GatewayPage({ url }) {
  const gateway = useData('/api/gateway', everyMs);
  const view = /** @type {GatewayView | undefined} */ (gateway.data);
  return html`<div class="page-head">
      <h1 tabindex="-1">Gateway</h1>
      <p class="lead">${view === undefined ? ' ' : html`<${Identity} view=${view} />`}</p>
    </div>
    <${Failure} failure=${gateway.failure} hasData=${view !== undefined} />
    <div class="facts">${view !== undefined && html`<${Facts} view=${view} />`}</div>
    <${Limits} />
    <${Certificates} />
    <${Replicas} ledger=${view?.ledger} />
    <${AllSettings} url=${url} />`;
}

/** @param {{ view: GatewayView }} props */
function Identity({ view: { instance, version, node, at, startedAt } }) {
  return html`<span class="code">${instance}</span>
    ${version !== null && html`<span>version ${version}</span>`}
    <span>node ${node.replace('v', '')}</span>
    ${startedAt !== null && html`<span>up for ${durationOf(Date.parse(at) - Date.parse(startedAt))}</span>`}
    <span class="muted">read at <${Clock} iso=${at} /></span>`;
}

function Limits() {
  const { data, failure } = useData('/api/limits', everyMs);
  const limits = /** @type {{ limits: readonly LimitView[] } | undefined} */ (data)?.limits;
  return html`<${Section}
    id="limits"
    title="Limits"
    data="/api/limits"
    lead="What is in use now, of all workers together. What goes beyond a limit waits or is refused."
  >
    <${Failure} failure=${failure} hasData=${limits !== undefined} />
    <div class="hold-limits">${limits !== undefined && html`<${Bars} limits=${limits} />`}</div>
  <//>`;
}

function Certificates() {
  const { data, failure } = useData('/api/certificates');
  const certificates = /** @type {{ certificates: readonly CertificateView[] } | undefined} */ (data)?.certificates;
  return html`<${Section} id="certificates" title="Certificates" data="/api/certificates">
    <${Failure} failure=${failure} hasData=${certificates !== undefined} />
    <div class="hold-certificates">
      ${
        certificates?.length === 0 &&
        html`<p class="empty">
          No port of this gateway speaks TLS, and it shows no certificate to the cloud.${' '}
          <span>Set <${SettingLink} name="tls.certFile" />${' '}</span>to serve callers by TLS.
        </p>`
      }
      ${certificates !== undefined && certificates.length > 0 && html`<${CertificateTable} rows=${certificates} />`}
    </div>
  <//>`;
}

/** @param {{ rows: readonly CertificateView[] }} props */
function CertificateTable({ rows }) {
  return html`<table class="stacked">
    <thead>
      <tr>
        <th scope="col">For</th>
        <th scope="col">Expires</th>
        <th scope="col" class="number">Days left</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ certificate, expiresAt, daysLeft }) =>
          html`<tr key=${certificate} class=${daysLeft < soonDays ? 'high' : ''}>
            <th scope="row">${certificate}</th>
            <td data-label="Expires"><${Time} iso=${expiresAt} /></td>
            <td class="number" data-label="Days left">${daysOf(daysLeft)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {number} daysLeft */
function daysOf(daysLeft) {
  if (daysLeft < 0) return 'expired';
  return daysLeft < soonDays ? `${countOf(daysLeft)} – soon` : countOf(daysLeft);
}

/** @param {{ url: URL }} props */
function AllSettings({ url }) {
  const { data, failure } = useData('/api/settings');
  const settings = /** @type {{ settings: readonly SettingView[] } | undefined} */ (data)?.settings;
  const isHere = settings !== undefined;
  useEffect(() => {
    // Before the settings are here the page is too short to show their heading at the top.
    if (isHere && url.hash === '#settings') document.getElementById('settings')?.scrollIntoView();
  }, [isHere]);
  return html`<${Section}
    id="settings"
    title="Settings"
    data="/api/settings"
    lead="The values in use and where each comes from. Of secrets only the host or a word is shown."
  >
    <${Failure} failure=${failure} hasData=${settings !== undefined} />
    <div class="hold-settings">${settings !== undefined && html`<${Settings} settings=${settings} url=${url} />`}</div>
  <//>`;
}
