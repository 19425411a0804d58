import { html } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { Day, Time } from '../parts/times.js';
import { State } from './states.js';

/** @import { NeedFigures } from '../../src/console/views/ledger-types.ts' */
/** @typedef {import('../tables/columns.js').Column<NeedFigures>} FigureColumn */

/** The columns of figures that tables of needs share. @type {Readonly<Record<'state' | 'last' | 'first' | 'quiet', FigureColumn>>} */
export const figureColumns = {
  state: { name: 'state', title: 'State', sort: 'need', cell: (row) => html`<${State} figures=${row} />` },
  first: { name: 'first', title: 'Since', sort: 'first', cell: ({ first }) => html`<${Time} iso=${first} />` },
  last: { name: 'last', title: 'Last call', sort: 'last', cell: ({ last }) => html`<${Time} iso=${last} />` },
  quiet: { name: 'quiet', title: 'Quiet on', sort: 'quiet', cell: ({ quietOn }) => html`<${Day} day=${quietOn} />` },
};

/**
 * The number of calls, which leads to the rows behind it, and how many of them failed.
 * @param {{ figures: NeedFigures, href?: string }} props
 */
export function Calls({ figures: { answered, failed, refused }, href }) {
  const number = countOf(answered);
  return html`<span>
    ${href === undefined ? number : html`<a href=${href}>${number}</a>`}
    ${failed > 0 && html`<small class="block">${countOf(failed)} failed</small>`}
    ${refused > 0 && html`<small class="block">${countOf(refused)} refused</small>`}
  </span>`;
}
