import { html } from '../../html.js';

/** @import { TriedAnswer, TriedLine, TriedNeed, TriedRequest, TriedRequests } from '../../../src/console/views/try-types.ts' */

const ends = {
  translated: 'is translated',
  forwarded: 'is forwarded',
  answered: 'is answered by the gateway itself',
  refused: 'is refused: nothing is sent',
};

/**
 * What becomes of requests.
 * @param {{ result: TriedRequests }} props
 */
export function RequestsResult({ result: { requests, isCut } }) {
  return html`${requests.map((request, index) => html`<${RequestResult} key=${index} request=${request} />`)}
  ${isCut && html`<p class="empty">Only the first ${requests.length} requests are shown.</p>`}`;
}

/** @param {{ request: TriedRequest }} props */
function RequestResult({ request }) {
  const { place, operation, outcome, diff, before, answer, fault, notes, needs } = request;
  const isSent = answer === null;
  return html`<article class="tried">
    <h2 tabindex="-1">
      ${operation === null ? 'The request' : html`<span class="code">${operation}</span>`} ${ends[outcome]}
    </h2>
    <p class="muted">${place}</p>
    ${
      fault !== null &&
      html`<p class="note bad">
        <span class="code">${fault.reason}</span>: ${fault.meaning}${' '}<span>For operators: ${fault.action}</span>
      </p>`
    }
    ${outcome !== 'refused' && html`<${Verdict} needs=${needs} />`}
    ${before.length > 0 && html`<p>Before that the gateway reads the resource; here its values are taken to be empty:</p>`}
    ${before.length > 0 && html`<pre tabindex="0" aria-label="Requests before">${before.join('\n')}</pre>`}
    <h2 class="minor">${isSent ? 'Caller (−) and cloud (+)' : 'The request'}</h2>
    <${Diff} lines=${diff} />
    ${!isSent && html`<h2 class="minor">The caller gets</h2>`}
    ${!isSent && html`<pre tabindex="0" aria-label="The answer to the caller">${answer.join('\n')}</pre>`}
    <${Notes} notes=${notes} />
    <${Needs} needs=${needs} />
    ${
      isSent &&
      outcome === 'translated' &&
      operation !== null &&
      html`<p><a href="/console/try/answer?operation=${operation}">See what the caller would get of an answer</a></p>`
    }
  </article>`;
}

/** @param {{ needs: readonly TriedNeed[] }} props */
function Verdict({ needs }) {
  if (needs.length === 0)
    return html`<p class="verdict good">It does not need the gateway: the cloud takes it as it is.</p>`;
  return needs.some(({ breaks }) => breaks)
    ? html`<p class="verdict bad">It needs the gateway: without it the call breaks.</p>`
    : html`<p class="verdict warn">It works without the gateway today.</p>`;
}

/**
 * Lines of two requests. The sign stands before each, so that the colours say nothing of their own.
 * @param {{ lines: readonly TriedLine[] }} props
 */
function Diff({ lines }) {
  return html`<pre class="diff" tabindex="0" aria-label="The request of the caller beside that to the cloud">
${lines.map(
  ({ sign, text }, index) =>
    html`<span key=${index} class=${sign === '-' ? 'removed' : sign === '+' ? 'added' : ''}
      >${sign === '-' ? '−' : sign} ${text}${'\n'}</span
    >`,
)}</pre>`;
}

/** @param {{ notes: readonly string[] }} props */
function Notes({ notes }) {
  if (notes.length === 0) return null;
  return html`<h2 class="minor">Notes</h2>
    <ul class="list">
      ${notes.map((note) => html`<li key=${note}>${note}.</li>`)}
    </ul>`;
}

/** @param {{ needs: readonly TriedNeed[] }} props */
function Needs({ needs }) {
  if (needs.length === 0) return null;
  return html`<h2 class="minor">Why it needs the gateway, and the cures</h2>
    <dl class="cures">
      ${needs.map(
        ({ need, breaks, without, cure }) =>
          html`<dt>
              <a class="code" href="/console/reasons/${need.split(':')[0]}">${need}</a>${' '}
              <span class=${breaks ? 'tag bad' : 'tag'}>${breaks ? 'breaks' : 'works today'}</span>
            </dt>
            <dd>${without} <b>Change:</b> ${cure}</dd>`,
      )}
    </dl>`;
}

/**
 * What the caller gets of an answer.
 * @param {{ result: TriedAnswer }} props
 */
export function AnswerResult({ result: { lines, notes } }) {
  return html`<article class="tried">
    <h2 tabindex="-1">The caller gets</h2>
    <pre tabindex="0" aria-label="The answer to the caller">${lines.join('\n')}</pre>
    <${Notes} notes=${notes} />
  </article>`;
}
