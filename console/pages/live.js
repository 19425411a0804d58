import { useLive } from '../data/use-live.js';
import { html, useState } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { ExchangeTable } from '../parts/live/exchange-table.js';
import { filterOf, isFiltered, LiveFilter, matches } from '../parts/live/live-filter.js';
import { NothingFound, NothingYet } from '../parts/live/nothing-found.js';
import { OtherReplicas } from '../parts/live/other-replicas.js';
import { SaveExchanges } from '../parts/live/save-exchanges.js';
import { isId, useKept } from '../parts/live/use-kept.js';
import { Failure } from '../parts/section.js';
import { Clock } from '../parts/times.js';

/**
 * The page of the exchanges as they end, with a filter, and the search for one by its id.
 * @param {{ url: URL }} props
 */
export function LivePage({ url }) {
  const [isPaused, setPaused] = useState(false);
  const [open, setOpen] = useState(/** @type {string | undefined} */ (undefined));
  // Rows must not move while somebody reads them.
  const live = useLive(isPaused || open !== undefined);
  const filter = filterOf(url);
  const kept = useKept(filter.text, live.hello !== undefined);
  const found = live.exchanges.filter((exchange) => matches(exchange, filter));
  const shown = found.length > 0 ? found : (kept ?? []).filter((exchange) => matches(exchange, filter));
  const isStill = isPaused || open !== undefined;
  const resume = () => {
    setPaused(false);
    setOpen(undefined);
  };
  return html`<div class="page-head">
      <h1 tabindex="-1">Live</h1>
      <p class="lead"><${State} live=${live} /></p>
    </div>
    <${Failure} failure=${live.failure} hasData=${live.seen > 0} />
    <${LiveFilter} filter=${filter} />
    <div class="live-bar">
      <button type="button" class="plain" onClick=${() => (isStill ? resume() : setPaused(true))}>
        ${isStill ? `Go on${live.waiting > 0 ? ` (${countOf(live.waiting)} new)` : ''}` : 'Hold'}
      </button>
      <output>${countOf(shown.length)} of ${countOf(live.exchanges.length)} shown</output>
      <${SaveExchanges} exchanges=${shown} />
    </div>
    <div class="hold-live">
      ${shown.length > 0 && html`<${ExchangeTable} exchanges=${shown} open=${open} onOpen=${setOpen} />`}
      ${shown.length === 0 && (isFiltered(filter) ? html`<${NothingFound} filter=${filter} live=${live} isSearched=${kept !== undefined || !isId(filter.text)} />` : html`<${NothingYet} live=${live} />`)}
    </div>
    ${live.hello !== undefined && html`<${OtherReplicas} instance=${live.hello.instance} />`}`;
}

/** @param {{ live: import('../data/use-live.js').Live }} props */
function State({ live: { hello, since, seen, dropped } }) {
  if (hello === undefined) return html`<span>The last exchanges as they end.</span>`;
  return html`<span>Exchanges of <span class="code">${hello.instance}</span> as they end</span>
    <span class="muted">since <${Clock} iso=${since} /></span>
    <span class="muted"
      >${countOf(seen)} seen${dropped > 0 && `, ${countOf(dropped)} missed: too many at a time`}</span
    >`;
}
