import { download } from '../data/get.js';
import { html, useState } from '../html.js';

/**
 * A part of a page with its heading, and links to its data as CSV and JSON.
 * @param {{
 *   id: string,
 *   title: string,
 *   lead?: import('../html.js').Children,
 *   data?: string,
 *   query?: string,
 *   children: import('../html.js').Children,
 * }} props
 */
export function Section({ id, title, lead, data, query = '', children }) {
  return html`<section aria-labelledby=${id}>
    <header class="section-head">
      <h2 id=${id}>${title}</h2>
      ${data !== undefined && html`<${DataLinks} path=${data} query=${query} title=${title} />`}
      ${lead !== undefined && html`<p class="lead">${lead}</p>`}
    </header>
    ${children}
  </section>`;
}

/**
 * Links to a table as CSV and JSON.
 * @param {{ path: string, query: string, title: string }} props
 */
export function DataLinks({ path, query, title }) {
  const search = query === '' ? '' : `?${query}`;
  return html`<span class="data-links">
    <${DataLink} path=${`${path}.csv${search}`} label=${`${title} as CSV`}>CSV<//>
    <${DataLink} path=${path + search} label=${`${title} as JSON`}>JSON<//>
  </span>`;
}

/**
 * A link to data, which saves them as a file. Its URL is that for scripts.
 * @param {{ path: string, label?: string, children: import('../html.js').Children }} props
 */
export function DataLink({ path, label, children }) {
  const [failure, setFailure] = useState('');
  const save = (/** @type {MouseEvent} */ event) => {
    event.preventDefault();
    setFailure('');
    download(path).catch((/** @type {Error} */ error) => setFailure(error.message));
  };
  return html`<a href=${path} onClick=${save} aria-label=${label}>${children}</a>
    ${failure !== '' && html`<span role="alert">${failure}</span>`}`;
}

/**
 * A failure to load, in place of data or beside the last ones.
 * @param {{ failure: string | undefined, hasData: boolean }} props
 */
export function Failure({ failure, hasData }) {
  if (failure === undefined) return null;
  return html`<p class="note bad" role="alert">${failure} ${hasData && 'What is shown here is from before.'}</p>`;
}
