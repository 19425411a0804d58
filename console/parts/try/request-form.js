import { html, useState } from '../../html.js';
import { setParameter } from '../location.js';
import { requestExamples } from './examples.js';
import { Choice, Examples, OperationField, TextField } from './field.js';
import { RequestsResult } from './result.js';
import { useOperations, useTry } from './use-try.js';

const profiles = /** @type {const} */ ([
  ['', 'that of this gateway'],
  ['nova', 'nova'],
  ['ecs', 'ecs'],
]);

/** The fields of the form. @typedef {{ text: string, operation: string, body: string, profile: string }} Wish */

/**
 * The form for a request of a caller, with the result beside.
 * @param {{ url: URL }} props
 */
export function RequestForm({ url }) {
  const example = requestExamples.find(({ name }) => name === url.searchParams.get('example'));
  const [wish, setWish] = useState(wishOf(example));
  const { view, refusal, isBusy, send } = useTry();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { profile, ...rest } = wish;
    const kind = profile === 'nova' || profile === 'ecs' ? { profile } : {};
    void send({ kind: 'request', ...rest, .../** @type {{ profile?: 'nova' | 'ecs' }} */ (kind) });
  };
  const change = (/** @type {Partial<Wish>} */ changed) => setWish((last) => ({ ...last, ...changed }));
  return html`<div class="try">
    <form onSubmit=${submit}>
      <${RequestFields} wish=${wish} refusal=${refusal} onChange=${change} />
      <button type="submit" disabled=${isBusy}>${isBusy ? 'Translating …' : 'Translate'}</button>
    </form>
    <div class="result" aria-live="polite">
      ${
        view?.kind === 'requests'
          ? html`<${RequestsResult} result=${view} />`
          : html`<p class="empty">
              Here stands what the cloud would get, why the request needs the gateway, and what to change. Paste a
              request, or take an example.
            </p>`
      }
    </div>
  </div>`;
}

/** @param {import('./examples.js').Example | undefined} example @returns {Wish} */
function wishOf(example) {
  return { text: example?.text ?? '', operation: example?.operation ?? '', body: '', profile: '' };
}

/** @param {{ wish: Wish, refusal: import('../../../src/console/views/try-types.ts').TryRefusal | undefined, onChange: (changed: Partial<Wish>) => void }} props */
function RequestFields({ wish: { text, operation, body, profile }, refusal, onChange }) {
  const operations = useOperations();
  const choose = (/** @type {import('./examples.js').Example} */ chosen) => {
    onChange({ ...wishOf(chosen), profile });
    setParameter('example', chosen.name);
  };
  const to = (/** @type {keyof Wish} */ name) => (/** @type {string} */ value) => onChange({ [name]: value });
  return html`<${Examples} examples=${requestExamples} onChoose=${choose} />
    <${TextField}
      name="text"
      label="A request"
      help=${requestHelp}
      value=${text}
      rows=${16}
      refusal=${refusal}
      onChange=${to('text')}
    />
    <${OperationField}
      value=${operation}
      operations=${operations}
      help="Only for a body alone whose root several operations have, such as server."
      refusal=${refusal}
      onChange=${to('operation')}
    />
    <details open=${refusal?.field === 'body' || body !== ''}>
      <summary>The body that curl -v does not show</summary>
      <${TextField}
        name="body"
        label="Body"
        help="Belongs to the only request above."
        value=${body}
        rows=${5}
        refusal=${refusal}
        onChange=${to('body')}
      />
    </details>
    <${Choice} name="profile" legend="Kind of cloud" value=${profile} choices=${profiles} onChange=${to('profile')} />`;
}

const requestHelp =
  'As in a .http file, the output of curl -v or --trace-ascii, a command line of curl, a HAR; or a body alone.';
