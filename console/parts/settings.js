import { amountOf, countOf, exactAmountOf } from './amounts.js';
import { html, useMemo } from '../html.js';
import { setParameter } from './location.js';

/** @typedef {import('../../src/console/views/view-types.ts').SettingView} Setting */

/** The choices of what is shown, by the parameter `show`; '' is the default. */
const choices = [
  { value: '', label: 'All', isShown: () => true },
  { value: 'given', label: 'Given', isShown: (/** @type {Setting} */ { source }) => source !== 'default' },
];

/**
 * The settings, searchable by all that is known of them. The search is a part of the URL.
 * @param {{ settings: readonly Setting[], url: URL }} props
 */
export function Settings({ settings, url }) {
  const [wanted, show] = [url.searchParams.get('q') ?? '', url.searchParams.get('show') ?? ''];
  const found = useMemo(() => settingsFor(settings, wanted, show), [settings, wanted, show]);
  const groups = [...Map.groupBy(found, ({ group }) => group)];
  return html`<${Search} wanted=${wanted} show=${show} found=${found.length} settings=${settings} /> ${
      groups.length === 0
        ? html`<p class="empty">
            No setting has “${wanted}” in its name, its value or its help.
            <button type="button" class="plain" onClick=${showAll}>Show all</button>
          </p>`
        : html`<table class="settings stacked">
            <thead>
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Value</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            ${groups.map(
              ([group, members]) =>
                html`<tbody key=${group}>
                  <tr class="group">
                    <th scope="rowgroup" colspan="3">${group}</th>
                  </tr>
                  ${members.map((setting) => html`<${Row} key=${setting.name} setting=${setting} />`)}
                </tbody>`,
            )}
          </table>`
    }`;
}

/** @param {{ wanted: string, show: string, found: number, settings: readonly Setting[] }} props */
function Search({ wanted, show, found, settings }) {
  return html`<form class="search" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <label>
      <span>Search settings</span>
      <input type="search" value=${wanted} onInput=${search} autocomplete="off" spellcheck=${false} />
    </label>
    <fieldset>
      <legend class="unseen">Settings to show</legend>
      ${choices.map(
        ({ value, label, isShown }) =>
          html`<label class="choice">
            <input type="radio" name="show" checked=${show === value} onChange=${() => setParameter('show', value)} />
            <span>${label} <small>${countOf(settings.filter(isShown).length)}</small></span>
          </label>`,
      )}
    </fieldset>
    <output>${found === settings.length ? `${found} settings` : `${found} of ${settings.length} settings`}</output>
  </form>`;
}

/** @param {{ setting: Setting }} props */
function Row({ setting }) {
  return html`<tr>
    <th scope="row">
      <details>
        <summary class="code">${setting.name}</summary>
        <p>${setting.help}</p>
        <dl>
          <dt>Variable</dt>
          <dd class="code">${setting.variable}</dd>
          <dt>Must be</dt>
          <dd>${setting.allowed}</dd>
          <dt>Default</dt>
          <dd>${setting.default}</dd>
          <dt>A change</dt>
          <dd>${setting.restart ?? 'Takes effect at SIGHUP.'}</dd>
        </dl>
      </details>
    </th>
    <td data-label="Value"><${Value} setting=${setting} /></td>
    <td data-label="Source">
      <span class=${setting.source === 'default' ? 'muted' : 'tag'}>${setting.source}</span>
    </td>
  </tr>`;
}

/** @param {{ setting: Setting }} props */
function Value({ setting: { value, unit } }) {
  if (value === null || value === '' || value === undefined || isEmpty(value))
    return html`<span class="muted">not set</span>`;
  if (typeof value === 'number' && unit !== null) {
    const exact = exactAmountOf(value, unit);
    return html`<span>${amountOf(value, unit)}</span>${exact && html` <small class="exact">${exact}</small>`}`;
  }
  return html`<span class="code">${textOf(value)}</span>`;
}

/** @param {unknown} value */
function isEmpty(value) {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** @param {unknown} value */
function textOf(value) {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * @param {readonly Setting[]} settings
 * @param {string} wanted
 * @param {string} show
 */
function settingsFor(settings, wanted, show) {
  const words = wanted.toLowerCase().split(/\s+/);
  const { isShown } = choices.find(({ value }) => value === show) ?? { isShown: () => true };
  return settings.filter((setting) => {
    const { name, variable, help, group, value } = setting;
    const text = `${name} ${variable} ${group} ${help} ${textOf(value)}`.toLowerCase();
    return isShown(setting) && words.every((word) => text.includes(word));
  });
}

/** @param {Event & { currentTarget: HTMLInputElement }} event */
function search(event) {
  setParameter('q', event.currentTarget.value);
}

function showAll() {
  setParameter('q', '');
  setParameter('show', '');
}
