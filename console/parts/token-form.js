import { getDocument } from '../data/get.js';
import { forgetToken, keepToken } from '../data/token.js';
import { html, useState } from '../html.js';

/**
 * Ask for the token of the admin port.
 * @param {{ wasRefused: boolean, onAccepted: () => void }} props
 */
export function TokenForm({ wasRefused, onAccepted }) {
  const [failure, setFailure] = useState(wasRefused ? 'The gateway no longer takes the token of this tab.' : '');
  const [isBusy, setBusy] = useState(false);
  const submit = async (/** @type {SubmitEvent & { currentTarget: HTMLFormElement }} */ event) => {
    event.preventDefault();
    setBusy(true);
    const refusal = await refusalOf(event.currentTarget);
    setBusy(false);
    if (refusal === undefined) onAccepted();
    else setFailure(refusal);
  };
  return html`<form class="token-form" onSubmit=${submit}>
    <h1 tabindex="-1">Token</h1>
    <p>
      The data of this gateway are for those who have its token: the text of the file in the setting${' '}
      <span class="code">admin.tokenFile</span>.
    </p>
    <input type="text" autocomplete="username" value="admin port" hidden readonly />
    <label for="token">Token of the admin port</label>
    <${TokenInput} failure=${failure} />
    <button type="submit" disabled=${isBusy}>Show the gateway</button>
    <p id="token-kept" class="muted">
      This tab keeps it until it is closed, and sends it to this gateway only. There are no cookies.
    </p>
  </form>`;
}

/** @param {{ failure: string }} props */
function TokenInput({ failure }) {
  const isGood = failure === '';
  return html`<input
      id="token"
      name="token"
      type="password"
      required
      autocomplete="current-password"
      aria-describedby=${isGood ? 'token-kept' : 'token-kept token-failure'}
      aria-invalid=${isGood ? undefined : 'true'}
    />
    ${!isGood && html`<p id="token-failure" class="note bad" role="alert">${failure}</p>`}`;
}

/**
 * Try the token of a form, and keep it if it is good.
 * @param {HTMLFormElement} form
 * @returns {Promise<string | undefined>} the reason why it is not
 */
async function refusalOf(form) {
  const given = new FormData(form).get('token');
  keepToken(typeof given === 'string' ? given.trim() : '');
  try {
    await getDocument('/api');
    return undefined;
  } catch (error) {
    forgetToken();
    return error instanceof Error ? error.message : String(error);
  }
}
