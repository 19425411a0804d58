import { html } from '../../html.js';
import { setParameter } from '../location.js';

/** @import { SeenExchange } from '../../data/use-live.js' */

/**
 * The exchanges that are wanted, as the URL of the view has it.
 * @typedef {{ text: string, status: string, isNeeding: boolean, project: string, client: string }} Filter
 */

/** The classes of statuses; '' for all. */
const classes = [
  { value: '', label: 'All' },
  { value: '2', label: '2xx' },
  { value: '3', label: '3xx' },
  { value: '4', label: '4xx' },
  { value: '5', label: '5xx' },
];

/**
 * Read the filter from the URL of the view.
 * @param {URL} url
 * @returns {Filter}
 */
export function filterOf({ searchParams }) {
  const textOf = (/** @type {string} */ name) => searchParams.get(name) ?? '';
  return {
    text: textOf('q').trim(),
    status: textOf('status'),
    isNeeding: searchParams.has('needs'),
    project: textOf('project').trim(),
    client: textOf('client').trim(),
  };
}

/**
 * Check that a filter leaves something out.
 * @param {Filter} filter
 */
export function isFiltered({ text, status, isNeeding, project, client }) {
  return isNeeding || [text, status, project, client].some((value) => value !== '');
}

/** Remove all parts of the filter. */
export function clearFilter() {
  for (const name of ['q', 'status', 'needs', 'project', 'client']) setParameter(name, '');
}

/**
 * Check that an exchange is wanted. The client is an address or a part of the user agent.
 * @param {SeenExchange} exchange
 * @param {Filter} filter
 */
export function matches(exchange, { text, status, isNeeding, project, client }) {
  const { needs, agent } = exchange;
  return (
    String(exchange.status).startsWith(status) &&
    (!isNeeding || needs.length > 0) &&
    includes(exchange.project, project) &&
    (includes(exchange.client, client) || includes(agent, client)) &&
    text.split(/\s+/).every((word) => includes(textOf(exchange), word))
  );
}

/** @param {SeenExchange} exchange */
function textOf({ method, path, operation, project, client, agent, outcome, fault, ...rest }) {
  const ids = [rest.instance, rest.requestId, rest.globalRequestId, rest.traceId];
  return [method, path, operation, project, client, agent, outcome, fault, ...ids, ...rest.notes, ...rest.needs].join(
    ' ',
  );
}

/** @param {string | null} text @param {string} wanted */
function includes(text, wanted) {
  return (text ?? '').toLowerCase().includes(wanted.toLowerCase());
}

/** @param {{ filter: Filter }} props */
export function LiveFilter({ filter }) {
  return html`<form
    class="search live-search"
    role="search"
    onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}
  >
    <${Field} name="q" label="Request id, path, operation, note or need" value=${filter.text} />
    <${Field} name="project" label="Project" value=${filter.project} />
    <${Field} name="client" label="Client or agent" value=${filter.client} />
    <fieldset>
      <legend class="unseen">Status</legend>
      ${classes.map(
        ({ value, label }) =>
          html`<label class="choice">
            <input
              type="radio"
              name="status"
              checked=${filter.status === value}
              onChange=${() => setParameter('status', value)}
            />
            <span>${label}</span>
          </label>`,
      )}
    </fieldset>
    <label class="choice">
      <input
        type="checkbox"
        checked=${filter.isNeeding}
        onChange=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) =>
          setParameter('needs', currentTarget.checked ? 'only' : '')}
      />
      <span>Only those that need the gateway</span>
    </label>
  </form>`;
}

/** @param {{ name: string, label: string, value: string }} props */
function Field({ name, label, value }) {
  return html`<label>
    <span>${label}</span>
    <input
      type="search"
      value=${value}
      onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) =>
        setParameter(name, currentTarget.value)}
      autocomplete="off"
      spellcheck=${false}
    />
  </label>`;
}
