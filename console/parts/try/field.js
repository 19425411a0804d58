import { html } from '../../html.js';

/** @import { TryRefusal } from '../../../src/console/views/try-types.ts' */

/**
 * A field of the form, with its error beside it.
 * @param {{ name: TryRefusal['field'], label: string, help?: string, refusal: TryRefusal | undefined, children: (attributes: object) => import('../../html.js').Children }} props
 */
export function Field({ name, label, help, refusal, children }) {
  const id = `try-${name}`;
  const isBad = refusal?.field === name;
  const described = [help !== undefined && `${id}-help`, isBad && `${id}-error`].filter((each) => each !== false);
  const attributes = {
    id,
    name,
    'aria-invalid': isBad ? 'true' : undefined,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
  };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${children(attributes)} ${help !== undefined && html`<p id=${`${id}-help`} class="help">${help}</p>`}
    ${isBad && html`<p id=${`${id}-error`} class="note bad" role="alert">${refusal.message}</p>`}
  </div>`;
}

/**
 * The operation, with those that there are.
 * @param {{ value: string, operations: readonly string[], help: string, refusal: TryRefusal | undefined, onChange: (value: string) => void }} props
 */
export function OperationField({ value, operations, help, refusal, onChange }) {
  return html`<${Field} name="operation" label="Operation" help=${help} refusal=${refusal}>
    ${(/** @type {object} */ attributes) =>
      html`<input
          ...${attributes}
          type="text"
          class="code"
          list="operations"
          value=${value}
          autocomplete="off"
          spellcheck=${false}
          onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) => onChange(currentTarget.value)}
        />
        <datalist id="operations">
          ${operations.map((operation) => html`<option key=${operation} value=${operation} />`)}
        </datalist>`}
  <//>`;
}

/**
 * A text of several lines.
 * @param {{ name: 'text' | 'body', label: string, help: string, value: string, rows: number, refusal: TryRefusal | undefined, onChange: (value: string) => void }} props
 */
export function TextField({ name, label, help, value, rows, refusal, onChange }) {
  return html`<${Field} name=${name} label=${label} help=${help} refusal=${refusal}>
    ${(/** @type {object} */ attributes) =>
      html`<textarea
      ...${attributes}
      class="code"
      rows=${rows}
      spellcheck=${false}
      autocomplete="off"
      value=${value}
      onInput=${(/** @type {Event & { currentTarget: HTMLTextAreaElement }} */ { currentTarget }) => onChange(currentTarget.value)}
      onKeyDown=${submitByKey}
    />`}
  <//>`;
}

/**
 * One of several choices.
 * @param {{ name: string, legend: string, value: string, choices: readonly (readonly [value: string, label: string])[], onChange: (value: string) => void }} props
 */
export function Choice({ name, legend, value, choices, onChange }) {
  return html`<fieldset class="field">
    <legend>${legend}</legend>
    ${choices.map(
      ([each, label]) =>
        html`<label key=${each} class="choice">
          <input type="radio" name=${name} checked=${value === each} onChange=${() => onChange(each)} />
          <span>${label}</span>
        </label>`,
    )}
  </fieldset>`;
}

/**
 * Buttons that fill the form with an example.
 * @param {{ examples: readonly import('./examples.js').Example[], onChoose: (example: import('./examples.js').Example) => void }} props
 */
export function Examples({ examples, onChoose }) {
  return html`<p class="examples">
    <span class="muted">Examples:</span>
    ${examples.map(
      (example) =>
        html`<button key=${example.name} type="button" class="plain" onClick=${() => onChoose(example)}>
          ${example.title}
        </button>`,
    )}
  </p>`;
}

/** Send the form with Ctrl and Enter. @param {KeyboardEvent & { currentTarget: HTMLTextAreaElement }} event */
function submitByKey({ key, ctrlKey, metaKey, currentTarget }) {
  if (key === 'Enter' && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit();
}
