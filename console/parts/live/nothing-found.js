import { html } from '../../html.js';
import { countOf } from '../amounts.js';
import { SettingLink } from '../setting-link.js';
import { Clock } from '../times.js';
import { clearFilter } from './live-filter.js';
import { isId } from './use-kept.js';

/** @import { Live } from '../../data/use-live.js' */

/**
 * The empty state before the first exchange.
 * @param {{ live: Live }} props
 */
export function NothingYet({ live: { hello, since } }) {
  if (hello === undefined) return html`<p class="empty">Connecting to the gateway …</p>`;
  return html`<p class="empty">
    No exchange has ended since <${Clock} iso=${since} />. Calls stand here as soon as they end, the last 200 of them.
    ${hello.mostKept === 0 && html` To see those from before a page was open, set${' '}<${SettingLink} name="console.exchanges" />.`}
  </p>`;
}

/**
 * The empty state of a filter that nothing matches. For an id it says where to look.
 * @param {{ filter: import('./live-filter.js').Filter, live: Live, isSearched: boolean }} props
 */
export function NothingFound({ filter, live: { exchanges, hello, since }, isSearched }) {
  if (!isSearched) return html`<p class="empty">Looking for the id …</p>`;
  if (isId(filter.text)) return html`<${UnknownId} id=${filter.text} hello=${hello} since=${since} />`;
  return html`<p class="empty">
    None of the last ${countOf(exchanges.length)} exchanges matches.${' '}
    <button type="button" class="plain" onClick=${clearFilter}>Show all</button>
  </p>`;
}

/** @param {{ id: string, hello: Live['hello'], since: string }} props */
function UnknownId({ id, hello, since }) {
  const kept = hello?.mostKept ?? 0;
  return html`<div class="empty unknown-id">
    <p>
      No exchange with this id has ended since <${Clock} iso=${since} />,
      ${
        kept === 0
          ? html` and this gateway keeps none while nobody watches.`
          : html` and it is not among the last ${countOf(kept)} that this gateway keeps.`
      }
      ${' '}If there are several replicas, another one may have served it.
    </p>
    <p>Its line is in the log, under the id that the caller received (requestId) or sent (globalRequestId):</p>
    <pre tabindex="0" aria-label="How to find the line">
${`kubectl logs -l app=legacy-compute-gateway --tail=-1 | grep ${id}
journalctl -u legacy-compute-gateway | grep ${id}
grep ${id} gateway.log`}</pre>
    <p>
      ${
        kept === 0
          ? html`To find the next one here, let the gateway keep the last exchanges: set${' '}<${SettingLink}
                name="console.exchanges"
              />
              to 1000.`
          : html`To find older ones here, raise${' '}<${SettingLink} name="console.exchanges" />.`
      }
      ${' '}<button type="button" class="plain" onClick=${clearFilter}>Show all</button>
    </p>
  </div>`;
}
