/**
 * A column of a table. `sort` is the order of the route that its heading asks for.
 * @template Row
 * @typedef {{
 *   readonly name: string,
 *   readonly title: string,
 *   readonly isNumber?: boolean,
 *   readonly isHead?: boolean,
 *   readonly sort?: string,
 *   readonly cell: (row: Row) => import('../html.js').Children,
 * }} Column
 */

/** Rows of a page: as many as a browser shows without a pause. */
export const rowsOfPage = 50;

/**
 * Return the number of the page that a URL names; the first for none.
 * @param {URL} url
 */
export function pageIn(url) {
  const page = Number(url.searchParams.get('page') ?? 1);
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}

/**
 * Return the query of a route for all rows that a view is about.
 * @param {URL} url
 * @param {readonly string[]} names the parameters of the view that the route takes as well
 * @param {Readonly<Record<string, string>>} [more]
 */
export function queryOf(url, names, more = {}) {
  const query = new URLSearchParams(more);
  for (const name of names) {
    const value = url.searchParams.get(name);
    if (value !== null) query.set(name, value);
  }
  return query.toString();
}

/**
 * Add the rows of the page of a view to a query.
 * @param {string} query
 * @param {URL} url
 */
export function pageQuery(query, url) {
  const rows = `limit=${rowsOfPage}&offset=${(pageIn(url) - 1) * rowsOfPage}`;
  return query === '' ? rows : `${query}&${rows}`;
}

/**
 * Return a URL of the same view with other parameters; an empty one is left out, and so is the page.
 * @param {URL} url
 * @param {Readonly<Record<string, string>>} parameters
 */
export function urlWith(url, parameters) {
  const changed = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries({ page: '', ...parameters })) {
    if (value === '') changed.delete(name);
    else changed.set(name, value);
  }
  const search = changed.toString();
  return search === '' ? url.pathname : `${url.pathname}?${search}`;
}
