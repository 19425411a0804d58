import { html } from '../html.js';

/**
 * The remarks on data of the ledger: that they are simulated, or old because the ledger cannot be read.
 * @param {{ data: import('../../src/console/views/ledger-types.ts').LedgerData | undefined }} props
 */
export function LedgerNotes({ data }) {
  if (data === undefined) return null;
  return html`${
    data.isSimulated &&
    html`<p class="note simulated">
      <strong>Simulated data.</strong> A demo has made up these projects and clients: set no date by them.
    </p>`
  }
  ${data.failure !== null && html`<p class="note bad" role="alert">The ledger cannot be read now: ${data.failure.message}</p>`}`;
}
