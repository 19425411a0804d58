import { html } from '../html.js';
import { setParameters } from '../parts/location.js';

/**
 * A choice of what a table shows, kept in a parameter of the URL.
 * @typedef {{ readonly name: string, readonly label: string, readonly options: readonly (readonly [string, string])[] }} Choice
 */

/**
 * The search and the choices of a table. The first option of a choice has no parameter.
 * @param {{ url: URL, label: string, choices: readonly Choice[], found: string }} props
 */
export function Filters({ url, label, choices, found }) {
  return html`<form class="search" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <label>
      <span>${label}</span>
      <input
        type="search"
        value=${url.searchParams.get('q') ?? ''}
        autocomplete="off"
        spellcheck=${false}
        onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => set('q', event.currentTarget.value)}
      />
    </label>
    ${choices.map(
      ({ name, label: choiceLabel, options }) =>
        html`<label class="choose" key=${name}>
          <span>${choiceLabel}</span>
          <select
            onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => set(name, event.currentTarget.value)}
          >
            ${options.map(
              ([value, text]) =>
                html`<option key=${value} value=${value} selected=${(url.searchParams.get(name) ?? '') === value}>
                  ${text}
                </option>`,
            )}
          </select>
        </label>`,
    )}
    <output>${found}</output>
  </form>`;
}

/**
 * Set a parameter; the rows are shown from the first page again.
 * @param {string} name
 * @param {string} value
 */
function set(name, value) {
  setParameters({ [name]: value, page: '' });
}
