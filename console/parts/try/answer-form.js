import { html, useState } from '../../html.js';
import { setParameter } from '../location.js';
import { answerExamples } from './examples.js';
import { Choice, Examples, Field, OperationField, TextField } from './field.js';
import { AnswerResult } from './result.js';
import { useOperations, useTry } from './use-try.js';

const accepts = /** @type {const} */ ([
  ['application/xml', 'XML'],
  ['application/json', 'JSON'],
]);

/** The fields of the form. @typedef {{ text: string, operation: string, accept: 'application/xml' | 'application/json', fault: string }} Wish */

/**
 * The form for an answer of the cloud, with what the caller gets beside.
 * @param {{ url: URL }} props
 */
export function AnswerForm({ url: { searchParams } }) {
  const example = answerExamples.find(({ name }) => name === searchParams.get('example'));
  const [wish, setWish] = useState(wishOf(example, searchParams.get('operation') ?? ''));
  const { view, refusal, isBusy, send } = useTry();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { fault, ...rest } = wish;
    void send({ kind: 'answer', ...rest, ...(fault.trim() === '' ? {} : { fault: Number(fault) }) });
  };
  const change = (/** @type {Partial<Wish>} */ changed) => setWish((last) => ({ ...last, ...changed }));
  return html`<div class="try">
    <form onSubmit=${submit}>
      <${AnswerFields} wish=${wish} refusal=${refusal} onChange=${change} />
      <button type="submit" disabled=${isBusy}>${isBusy ? 'Translating …' : 'Translate'}</button>
    </form>
    <div class="result" aria-live="polite">
      ${
        view?.kind === 'answer'
          ? html`<${AnswerResult} result=${view} />`
          : html`<p class="empty">
              Here stands what the caller would get. Paste an answer of the cloud, or take an example.
            </p>`
      }
    </div>
  </div>`;
}

/** @param {import('./examples.js').Example | undefined} example @param {string} operation @returns {Wish} */
function wishOf(example, operation) {
  return {
    text: example?.text ?? '',
    operation: example?.operation ?? operation,
    accept: 'application/xml',
    fault: '',
  };
}

/** @param {{ wish: Wish, refusal: import('../../../src/console/views/try-types.ts').TryRefusal | undefined, onChange: (changed: Partial<Wish>) => void }} props */
function AnswerFields({ wish: { text, operation, accept, fault }, refusal, onChange }) {
  const operations = useOperations();
  const choose = (/** @type {import('./examples.js').Example} */ chosen) => {
    onChange({ text: chosen.text, operation: chosen.operation ?? '' });
    setParameter('example', chosen.name);
  };
  const to = (/** @type {keyof Wish} */ name) => (/** @type {string} */ value) => onChange({ [name]: value });
  const type = (/** @type {Event & { currentTarget: HTMLInputElement }} */ event) =>
    to('fault')(event.currentTarget.value);
  return html`<${Examples} examples=${answerExamples} onChoose=${choose} />
    <${OperationField}
      value=${operation}
      operations=${operations}
      help="The operation that the cloud answers."
      refusal=${refusal}
      onChange=${to('operation')}
    />
    <${TextField}
      name="text"
      label="The cloud's answer"
      help="Its body, in JSON."
      value=${text}
      rows=${16}
      refusal=${refusal}
      onChange=${to('text')}
    />
    <${Choice} name="accept" legend="The caller accepts" value=${accept} choices=${accepts} onChange=${to('accept')} />
    <${Field} name="fault" label="Status, if it is a fault" refusal=${refusal}>
      ${(/** @type {object} */ attributes) => html`<input ...${attributes} type="text" inputmode="numeric" value=${fault} onInput=${type} />`}
    <//>`;
}
