import { html } from '../../html.js';
import { amountOf } from '../amounts.js';
import { ExactClock } from '../times.js';
import { ExchangeDetails } from './exchange-details.js';

/** @import { SeenExchange } from '../../data/use-live.js' */

/** Words for what became of an exchange, and the class of their tag. @type {Readonly<Record<string, readonly [string, string]>>} */
export const outcomes = {
  translated: ['translated', ''],
  forwarded: ['forwarded', ''],
  withdrawn: ['withdrawn', 'warn'],
  answered: ['answered here', ''],
  refused: ['refused', 'bad'],
  retired: ['retired', 'bad'],
  failed: ['cloud failed', 'bad'],
  gone: ['caller left', 'warn'],
};

/**
 * The exchanges, the newest first; each can be opened.
 * @param {{ exchanges: readonly SeenExchange[], open: string | undefined, onOpen: (open: string | undefined) => void }} props
 */
export function ExchangeTable({ exchanges, open, onOpen }) {
  const isOfSeveral = new Set(exchanges.map(({ instance }) => instance)).size > 1;
  return html`<table class="live stacked">
    <thead>
      <tr>
        <th scope="col">Request</th>
        <th scope="col">Became</th>
        <th scope="col">Status</th>
        <th scope="col" class="number">Duration</th>
        <th scope="col">Ended</th>
      </tr>
    </thead>
    ${exchanges.map((exchange) => {
      const key = `${exchange.key}`;
      return html`<${Exchange}
        key=${key}
        exchange=${exchange}
        isOfSeveral=${isOfSeveral}
        isOpen=${open === key}
        onToggle=${() => onOpen(open === key ? undefined : key)}
      />`;
    })}
  </table>`;
}

/** @param {{ exchange: SeenExchange, isOfSeveral: boolean, isOpen: boolean, onToggle: () => void }} props */
function Exchange({ exchange, isOfSeveral, isOpen, onToggle }) {
  const { key, at, instance, method, path, operation, outcome, status, ms, needs } = exchange;
  const [became = outcome, tag = ''] = outcomes[outcome] ?? [];
  const id = `exchange-${key}`;
  return html`<tbody class=${isOpen ? 'open' : ''}>
    <tr>
      <th scope="row">
        <button
          type="button"
          class="row-button code"
          aria-expanded=${isOpen}
          aria-controls=${isOpen ? id : undefined}
          onClick=${onToggle}
        >
          <span class="method">${method}</span> ${path}
        </button>
      </th>
      <td data-label="Became">
        <span class="tag ${tag}">${became}</span>
        ${operation !== null && html`<span class="code muted">${operation}</span>`}
        ${needs.length > 0 && html` <small>${needs.length === 1 ? '1 need' : `${needs.length} needs`}</small>`}
      </td>
      <td data-label="Status" class=${status >= 500 ? 'status bad' : 'status'}>${status}</td>
      <td data-label="Duration" class="number">${amountOf(ms, 'milliseconds')}</td>
      <td data-label="Ended">
        <span><${ExactClock} iso=${at} />${isOfSeveral && html`<small class="block code">${instance}</small>`}</span>
      </td>
    </tr>
    ${
      isOpen &&
      html`<tr class="details">
        <td colspan="5" id=${id}><${ExchangeDetails} exchange=${exchange} /></td>
      </tr>`
    }
  </tbody>`;
}
