import { saveAs } from '../../data/get.js';
import { html } from '../../html.js';
import { csvOf } from '../../tables/csv.js';

/** @import { SeenExchange } from '../../data/use-live.js' */

/**
 * Links that save the exchanges that are shown, as CSV and JSON. The gateway has those that it keeps only; these are of the page.
 * @param {{ exchanges: readonly SeenExchange[] }} props
 */
export function SaveExchanges({ exchanges }) {
  const rows = () => exchanges.map(({ key: _key, ...exchange }) => exchange);
  const saveCsv = (/** @type {MouseEvent} */ event) => save(event, 'exchanges.csv', csvOf(rows()));
  const saveJson = (/** @type {MouseEvent} */ event) =>
    save(event, 'exchanges.json', `${JSON.stringify({ exchanges: rows() })}\n`);
  return html`<span class="data-links">
    <a href="/api/exchanges.csv" onClick=${saveCsv} aria-label="The exchanges shown as CSV">CSV</a>
    <a href="/api/exchanges" onClick=${saveJson} aria-label="The exchanges shown as JSON">JSON</a>
  </span>`;
}

/** @param {MouseEvent} event @param {string} name @param {string} text */
function save(event, name, text) {
  event.preventDefault();
  saveAs(new Blob([text]), name);
}
