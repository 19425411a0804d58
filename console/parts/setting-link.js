import { html } from '../html.js';

/**
 * The name of a setting, which leads to it. A long name breaks at its dots.
 * @param {{ name: string }} props
 */
export function SettingLink({ name }) {
  const parts = name.split('.');
  return html`<a class="code" href="/console/gateway?q=${encodeURIComponent(name)}#settings"
    >${parts.map((part, at) => (at === 0 ? part : html`<wbr />.${part}`))}</a
  >`;
}
