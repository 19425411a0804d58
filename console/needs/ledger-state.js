import { html } from '../html.js';
import { Failure } from '../parts/section.js';
import { SettingLink } from '../parts/setting-link.js';

/** The code of a gateway without a ledger. */
const ledgerOff = 'ELEDGEROFF';

/**
 * The reason for which a page has no data of the ledger, or old ones: it is off, away, or still being read.
 * @param {{ loaded: import('../data/use-data.js').Loaded<unknown>, children?: import('../html.js').Children }} props children:
 *   what is said besides of a ledger that cannot be read
 */
export function LedgerState({ loaded: { data, failure, code }, children }) {
  if (failure === undefined) return null;
  if (code === ledgerOff) return html`<${LedgerOff} />`;
  const sentence = code === undefined || code === 'EINVAL' ? failure : `The ledger cannot be read now: ${failure}`;
  return html`<${Failure} failure=${sentence} hasData=${data !== undefined} />${data === undefined && children}`;
}

/** The empty state of a gateway whose ledger is off. */
export function LedgerOff() {
  return html`<p class="empty">
    This gateway counts nobody, because its ledger is switched off: nobody can tell when the gateway is needed no
    longer. Set${' '}
    <${SettingLink} name="ledger.store" /> to a file (<span class="code">sqlite:/var/lib/gateway/ledger.db</span>) or a
    database, and start the gateway again.
  </p>`;
}
