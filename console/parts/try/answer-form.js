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

/**
 * The form for an answer of the cloud, with what the caller gets beside.
 * @param {{ url: URL }} props
 */
export function AnswerForm({ url: { searchParams } }) {
  const example = answerExamples.find(({ name }) => name === searchParams.get('example'));
  const [text, setText] = useState(example?.text ?? '');
  const [operation, setOperation] = useState(example?.operation ?? searchParams.get('operation') ?? '');
  const [accept, setAccept] = useState(/** @type {'application/xml' | 'application/json'} */ ('application/xml'));
  const [fault, setFault] = useState('');
  const { view, refusal, isBusy, send } = useTry();
  const operations = useOperations();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const status = fault.trim() === '' ? {} : { fault: Number(fault) };
    void send({ kind: 'answer', text, operation, accept, ...status });
  };
  const choose = (/** @type {import('./examples.js').Example} */ chosen) => {
    setText(chosen.text);
    setOperation(chosen.operation ?? '');
    setParameter('example', chosen.name);
  };
  return html`<div class="try">
    <form onSubmit=${submit}>
      <${Examples} examples=${answerExamples} onChoose=${choose} />
      <${OperationField}
        value=${operation}
        operations=${operations}
        help="The operation that the cloud answers."
        refusal=${refusal}
        onChange=${setOperation}
      />
      <${TextField}
        name="text"
        label="The cloud's answer"
        help="Its body, in JSON."
        value=${text}
        rows=${16}
        refusal=${refusal}
        onChange=${setText}
      />
      <${Choice} name="accept" legend="The caller accepts" value=${accept} choices=${accepts} onChange=${setAccept} />
      <${Field} name="fault" label="Status, if it is a fault" refusal=${refusal}>
        ${(/** @type {object} */ attributes) =>
          html`<input
            ...${attributes}
            type="text"
            inputmode="numeric"
            value=${fault}
            onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) => setFault(currentTarget.value)}
          />`}
      <//>
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
