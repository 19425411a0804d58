import { useData } from '../data/use-data.js';
import { html, useMemo, useRef, useState } from '../html.js';
import { Section } from '../parts/section.js';
import { setParameter } from '../parts/location.js';
import { letterOf } from './letter.js';

/** @import { RetirementView } from '../../src/console/views/retirement-types.ts' */
/** @import { NeedsView } from '../../src/console/views/ledger-types.ts' */

/** The most rows that a letter is made from: nobody reads more. */
const mostRows = 200;

/**
 * A text for the owner of a project, to be copied into a mail.
 * @param {{ project: string, url: URL, cures: import('../needs/cures.js').Cures }} props
 */
export function OwnerText({ project, url, cures }) {
  const only = `project=${encodeURIComponent(project)}&kind=needing&state=left`;
  const { data } = useData(`/api/needs?by=agent,network,operation,reason&sort=last&limit=${mostRows}&${only}`);
  const view = /** @type {NeedsView | undefined} */ (data);
  const sunset = useSunset();
  const by = dayIn(url.searchParams.get('by') ?? sunset);
  const text = useMemo(
    () =>
      view === undefined || view.total === 0
        ? undefined
        : letterOf({
            project,
            rows: view.needs,
            left: view.total - view.needs.length,
            cures,
            by,
            isSimulated: view.isSimulated,
          }),
    [project, view, cures, by],
  );
  return html`<${Section}
    id="owner"
    title="A text for its owner"
    lead="Which client, which calls, what breaks and what to change, as plain text for a mail."
  >
    <div class="hold-letter">
      ${
        view?.total === 0 &&
        html`<p class="empty">
          There is nothing to write: no call that would fail without the gateway is expected of this project.
        </p>`
      }
      ${text !== undefined && html`<${Letter} text=${text} by=${by} />`}
    </div>
  <//>`;
}

/** Load the day on which the retirement file ends the API; null for none, and until it is known. */
function useSunset() {
  const { data } = useData('/api/retirement');
  return /** @type {RetirementView | undefined} */ (data)?.inUse?.sunset?.local.slice(0, 10) ?? null;
}

/** @param {{ text: string, by: string }} props */
function Letter({ text, by }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [told, setTold] = useState('');
  const copy = async () => setTold(await copied(text, area.current));
  return html`<div class="letter-head">
      <label
        >To change by${' '}
        <input
          type="date"
          value=${by}
          onChange=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => setParameter('by', event.currentTarget.value)}
        />
      </label>
      <button type="button" onClick=${copy}>Copy the text</button>
      <span role="status">${told}</span>
    </div>
    <textarea
      ref=${area}
      class="letter code"
      readonly
      rows="22"
      aria-label="The text for the owner"
      dir="auto"
      value=${text}
    ></textarea>`;
}

/**
 * Copy a text. Where the browser does not let a page do that, as without TLS from another machine, the text is selected.
 * @param {string} text
 * @param {HTMLTextAreaElement | null} area
 */
async function copied(text, area) {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    area?.focus();
    area?.select();
    return 'The text is selected: copy it with Ctrl+C, or ⌘C.';
  }
}

/** @param {string | null} text */
function dayIn(text) {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(Date.parse(text)) ? text : '';
}
