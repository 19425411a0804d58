import { html } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { pageIn, rowsOfPage, urlWith } from './columns.js';

/**
 * A table whose rows come from the gateway page by page; the order and the page are a part of the URL, as `sort` and `page`.
 * @template Row
 * @param {{
 *   label: string,
 *   columns: readonly import('./columns.js').Column<Row>[],
 *   rows: readonly Row[],
 *   total: number,
 *   keyOf: (row: Row) => string,
 *   url: URL,
 *   id?: string,
 * }} props
 */
export function PagedTable({ label, columns, rows, total, keyOf, url, id = '' }) {
  const pages = Math.max(1, Math.ceil(total / rowsOfPage));
  return html`<table class="paged stacked" aria-label=${label}>
      <thead>
        <tr>
          ${columns.map((column) => html`<${Head} key=${column.name} column=${column} url=${url} id=${id} />`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<${TableRow} key=${keyOf(row)} row=${row} columns=${columns} />`)}
      </tbody>
    </table>
    ${pages > 1 && html`<${Pager} label=${label} url=${url} pages=${pages} shown=${rows.length} total=${total} id=${id} />`}`;
}

/** @param {{ column: import('./columns.js').Column<any>, url: URL, id: string }} props */
function Head({ column: { name, title, isNumber, sort }, url, id }) {
  const kind = `col-${name} ${isNumber === true ? 'number' : ''}`;
  if (sort === undefined) return html`<th scope="col" class=${kind}>${title}</th>`;
  const isSorted = url.searchParams.get('sort') === sort;
  const href = urlWith(url, { sort: isSorted ? '' : sort }) + id;
  // Names rise, and everything else falls: the largest and the latest come first.
  const order = isSorted ? (sort === 'name' || sort === 'first' ? 'ascending' : 'descending') : undefined;
  const arrow = order === undefined ? '' : order === 'ascending' ? ' ↑' : ' ↓';
  return html`<th scope="col" class=${kind} aria-sort=${order}>
    <a class="sort" href=${href}>${title}<span aria-hidden="true">${arrow}</span></a>
  </th>`;
}

/** @param {{ row: any, columns: readonly import('./columns.js').Column<any>[] }} props */
function TableRow({ row, columns }) {
  return html`<tr>
    ${columns.map(({ name, title, isNumber, isHead, cell }) =>
      isHead === true
        ? html`<th scope="row" key=${name}>${cell(row)}</th>`
        : html`<td key=${name} class=${isNumber === true ? 'number' : ''} data-label=${title}>${cell(row)}</td>`,
    )}
  </tr>`;
}

/** @param {{ label: string, url: URL, pages: number, shown: number, total: number, id: string }} props */
function Pager({ label, url, pages, shown, total, id }) {
  const page = pageIn(url);
  const start = (page - 1) * rowsOfPage;
  const link = (/** @type {number} */ to, /** @type {string} */ text) =>
    to >= 1 && to <= pages && to !== page
      ? html`<a href=${urlWith(url, { page: to === 1 ? '' : String(to) }) + id}>${text}</a>`
      : html`<span class="muted" aria-hidden="true">${text}</span>`;
  return html`<nav class="row-pager" aria-label=${`Pages of ${label}`}>
    ${link(1, 'First')} ${link(page - 1, 'Previous')}
    <output>${countOf(start + 1)}–${countOf(start + shown)} of ${countOf(total)}</output>
    ${link(page + 1, 'Next')} ${link(pages, 'Last')}
  </nav>`;
}
