import { html, useRef, useState } from '../html.js';
import { SettingLink } from '../parts/setting-link.js';

/**
 * A retirement file to begin with, which fits what the ledger knows.
 * @param {{ text: string | undefined }} props
 */
export function Beginning({ text }) {
  return html`<div class="empty">
      <p>
        A retirement file announces the end in the answers to those who still need the gateway, refuses them on trial,
        and in the end for good. Begin with this one: change its dates, copy it to a file, and name that in the
        setting${' '}
        <${SettingLink} name="retire" />. It is read again whenever it changes.
      </p>
    </div>
    ${text !== undefined && html`<${File} text=${inZoneOf(text)} />`}`;
}

/** @param {{ text: string }} props */
function File({ text }) {
  const [told, setTold] = useState('');
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const copy = async () => setTold(await copyOf(text, place.current));
  return html`<figure class="beginning">
    <figcaption>retire.json</figcaption>
    <pre tabindex="0" aria-label="A retirement file to begin with" ref=${place}>${text}</pre>
    <p class="more-rows">
      <button type="button" onClick=${copy}>Copy the file</button> <span role="status">${told}</span>
    </p>
  </figure>`;
}

/**
 * Copy a text, or select it where the browser does not let a page copy.
 * @param {string} text
 * @param {HTMLElement | null} place
 */
async function copyOf(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    if (place !== null) getSelection()?.selectAllChildren(place);
    return 'The text is selected: copy it with Ctrl+C, or ⌘C.';
  }
}

/** Give the times of a file the zone of the reader. @param {string} text */
function inZoneOf(text) {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { deprecation, sunset, ...more } = JSON.parse(text);
  return `${JSON.stringify({ deprecation, sunset, timeZone: zone, ...more }, undefined, 2)}\n`;
}
