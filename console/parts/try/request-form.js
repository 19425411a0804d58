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

/**
 * The form for a request of a caller, with the result beside.
 * @param {{ url: URL }} props
 */
export function RequestForm({ url }) {
  const example = requestExamples.find(({ name }) => name === url.searchParams.get('example'));
  const [text, setText] = useState(example?.text ?? '');
  const [operation, setOperation] = useState(example?.operation ?? '');
  const [body, setBody] = useState('');
  const [profile, setProfile] = useState('');
  const { view, refusal, isBusy, send } = useTry();
  const operations = useOperations();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const kind = profile === 'nova' || profile === 'ecs' ? { profile: /** @type {'nova' | 'ecs'} */ (profile) } : {};
    void send({ kind: 'request', text, operation, body, ...kind });
  };
  const choose = (/** @type {import('./examples.js').Example} */ chosen) => {
    setText(chosen.text);
    setOperation(chosen.operation ?? '');
    setBody('');
    setParameter('example', chosen.name);
  };
  return html`<div class="try">
    <form onSubmit=${submit}>
      <${Examples} examples=${requestExamples} onChoose=${choose} />
      <${TextField}
        name="text"
        label="A request"
        help="As in a .http file, the output of curl -v or --trace-ascii, a command line of curl, a HAR; or a body alone with its operation."
        value=${text}
        rows=${16}
        refusal=${refusal}
        onChange=${setText}
      />
      <${OperationField}
        value=${operation}
        operations=${operations}
        help="Only for a body alone, such as rebuild."
        refusal=${refusal}
        onChange=${setOperation}
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
          onChange=${setBody}
        />
      </details>
      <${Choice} name="profile" legend="Kind of cloud" value=${profile} choices=${profiles} onChange=${setProfile} />
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
