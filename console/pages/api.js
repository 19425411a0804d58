import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { DataLink, Failure, Section } from '../parts/section.js';

/** @import { RouteView } from '../../src/console/views/view-types.ts' */

/** The page of the routes that have the data of all pages. */
export function ApiPage() {
  const { data, failure } = useData('/api');
  const routes = /** @type {{ routes: readonly RouteView[] } | undefined} */ (data)?.routes;
  const call = `curl -H "Authorization: Bearer $(cat /etc/gateway/admin-token)" ${location.origin}/api/settings`;
  return html`<div class="page-head">
      <h1 tabindex="-1">API</h1>
      <p class="lead">
        The data of every page, for scripts. All routes only read, and want the token or a client certificate.
      </p>
    </div>
    <${Failure} failure=${failure} hasData=${routes !== undefined} />
    <${Section} id="call" title="A call">
      <pre tabindex="0" aria-label="A call">${call}</pre>
    <//>
    <${Section} id="routes" title="Routes" data="/api">
      <div class="hold-routes">${routes !== undefined && html`<${RouteTable} routes=${routes} />`}</div>
    <//>`;
}

/** @param {{ routes: readonly RouteView[] }} props */
function RouteTable({ routes }) {
  return html`<table class="stacked">
    <thead>
      <tr>
        <th scope="col">Path</th>
        <th scope="col">Document</th>
        <th scope="col">As a table</th>
      </tr>
    </thead>
    <tbody>
      ${routes.map(
        ({ path, summary, list, method, form }) =>
          html`<tr key=${path}>
            <th scope="row">
              ${
                method === 'GET' && form === 'document'
                  ? html`<span class="code"><${DataLink} path=${path}>${path}<//></span>`
                  : html`<span class="code">${method === 'GET' ? path : `${method} ${path}`}</span>`
              }
            </th>
            <td data-label="Document">${summary}</td>
            <td data-label="As a table">
              ${
                list === null
                  ? html`<span class="muted">none</span>`
                  : html`<span class="code"><${DataLink} path=${`${path}.csv`}>${path}.csv<//></span>`
              }
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
