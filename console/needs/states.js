import { html } from '../html.js';

/** @import { NeedFigures } from '../../src/console/views/ledger-types.ts' */

/** The states, from the one that needs the gateway most, each with its mark and its meaning. */
const states =
  /** @type {Readonly<Record<NeedFigures['state'], { readonly mark: string, readonly meaning: string }>>} */ ({
    active: { mark: 'bad', meaning: 'Its silence is no longer than usual: it may call again.' },
    fading: { mark: 'warn', meaning: 'It was never silent for so long, but may come again.' },
    tested: { mark: 'warn', meaning: 'It may come again, but a brownout of a day passed without it.' },
    quiet: { mark: 'good', meaning: 'It was silent for long enough.' },
    gone: { mark: 'good', meaning: 'It was silent for long enough, and a brownout of a day passed without it.' },
  });

/** The kinds besides `needing`, in a few words. */
const kinds = /** @type {Readonly<Record<NeedFigures['kind'], string>>} */ ({
  needing: '',
  notBreaking: 'works without the gateway',
  failing: 'fails with the gateway, too',
  unverified: 'token not accepted',
});

/**
 * The state of somebody who needs the gateway, and the kind of the need where the calls would not fail without it.
 * @param {{ figures: NeedFigures }} props
 */
export function State({ figures: { state, kind } }) {
  const { mark, meaning } = states[state];
  return html`<span class="state"
    ><span class="tag ${kind === 'needing' ? mark : ''}" title=${meaning}>${state}</span>${
      kinds[kind] !== '' && html` <small>${kinds[kind]}</small>`
    }</span
  >`;
}

/** The choice of states of a table. @type {import('../tables/filters.js').Choice} */
export const stateChoice = {
  name: 'state',
  label: 'State',
  options: [
    ['', 'All'],
    ['left', 'Left: may call again'],
    ...Object.keys(states).map((state) => /** @type {const} */ ([state, state])),
  ],
};

/** The choice of what becomes of the calls without the gateway. @type {import('../tables/filters.js').Choice} */
export const kindChoice = {
  name: 'kind',
  label: 'Without the gateway',
  options: [
    ['', 'All'],
    ['needing', 'Calls fail'],
    ['notBreaking', 'Calls work'],
    ['failing', 'Calls fail either way'],
    ['unverified', 'Token not accepted'],
  ],
};

/** The meanings of the states, to be opened below a table. */
export function StateMeanings() {
  return html`<details class="meanings">
    <summary>What the states mean</summary>
    <dl>
      ${Object.entries(states).map(
        ([state, { meaning }]) =>
          html`<dt key=${state}>${state}</dt>
            <dd>${meaning}</dd>`,
      )}
      <dt>quiet on</dt>
      <dd>The first day on which its silence has been long enough, if it does not call again.</dd>
    </dl>
  </details>`;
}
