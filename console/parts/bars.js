import { countOf, shortAmountOf } from './amounts.js';
import { html } from '../html.js';
import { SettingLink } from './setting-link.js';

/** @typedef {import('../../src/console/views/view-types.ts').LimitView} Limit */

/** The share of a limit from which it is worth a look. */
const highShare = 0.8;

/**
 * Limits as bars, each with its numbers and the settings that change it.
 * @param {{ limits: readonly Limit[] }} props
 */
export function Bars({ limits }) {
  return html`<table class="bars stacked">
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col"><span class="unseen">Share</span></th>
        <th scope="col" class="number">Used</th>
        <th scope="col" class="number">Limit</th>
        <th scope="col">Set by</th>
      </tr>
    </thead>
    <tbody>
      ${limits.map((limit) => html`<${Bar} key=${limit.metric + limit.region} limit=${limit} />`)}
    </tbody>
  </table>`;
}

/** @param {{ limit: Limit }} props */
function Bar({ limit: { help, region, used, limit, unit, settings } }) {
  const share = limit === null || limit === 0 ? undefined : used / limit;
  const isHigh = share !== undefined && share >= highShare;
  return html`<tr class=${isHigh ? 'high' : ''}>
    <th scope="row">${help.replace(/\.$/, '')}${region !== '' && html` <span class="tag">${region}</span>`}</th>
    <td>${share !== undefined && html`<${Share} share=${share} />`}</td>
    <td class="number" data-label="Used">${shortAmountOf(used, unit)}</td>
    <td class="number" data-label="Limit">${limit === null ? 'none' : shortAmountOf(limit, unit)}</td>
    <td data-label="Set by">
      ${
        settings.length === 0
          ? html`<span class="muted">no setting</span>`
          : html`<span class="names"
              >${settings.map((name) => html`<${SettingLink} key=${name} name=${name} />`)}</span
            >`
      }
    </td>
  </tr>`;
}

/** @param {{ share: number }} props */
function Share({ share }) {
  const width = Math.min(100, share > 0 ? Math.max(1, share * 100) : 0);
  return html`<span class="share">
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="8" />
      <rect class="fill" width=${width} height="8" />
    </svg>
    <span class="percent">${percentOf(share)}${share >= highShare && ' – high'}</span>
  </span>`;
}

/** @param {number} share */
function percentOf(share) {
  const percent = Math.round(share * 100);
  return percent === 0 && share > 0 ? '< 1 %' : `${countOf(percent)} %`;
}
