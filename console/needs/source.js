import { html } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { SettingLink } from '../parts/setting-link.js';
import { Time } from '../parts/times.js';

/**
 * The gateways whose counts a page shows, at its end: all that share a store, or one alone.
 * @param {{ data: import('../../src/console/views/ledger-types.ts').LedgerData | undefined }} props
 */
export function LedgerSource({ data }) {
  if (data === undefined) return null;
  const { gateways, dataSince } = data;
  const since = dataSince === null ? '' : html`, since <${Time} iso=${dataSince} />`;
  if (gateways.isThisAlone)
    return html`<p class="source">
      The counts of this gateway alone${since}: its ledger is in memory. Set
      <${SettingLink} name="ledger.store" />${' '} to a database, and the counts of all replicas are one, and outlast a
      restart.
    </p>`;
  return html`<p class="source">
    The counts of <a href="/console/gateway#replicas">${gatewaysText(gateways)}</a>${since}.
  </p>`;
}

/** @param {{ alive: number, silent: number }} gateways */
function gatewaysText({ alive, silent }) {
  const text = `${countOf(alive)} gateway${alive === 1 ? '' : 's'} that ${alive === 1 ? 'is' : 'are'} alive`;
  return silent === 0 ? text : `${text}, and ${countOf(silent)} silent`;
}
