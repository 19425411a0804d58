import { html } from '../html.js';
import { AnswerForm } from '../parts/try/answer-form.js';
import { RequestForm } from '../parts/try/request-form.js';

/**
 * The page that shows what becomes of a request, or of an answer of the cloud.
 * @param {{ url: URL, item: string | undefined }} props
 */
export function TryPage({ url, item }) {
  const isAnswer = item === 'answer';
  return html`<div class="page-head">
      <h1 tabindex="-1">Try</h1>
      <p class="lead">
        What becomes of a message, by the code that serves. Nothing is sent to a cloud, kept or logged; secrets are
        shown as ***.
      </p>
    </div>
    <nav class="tabs" aria-label="What to try">
      <a href="/console/try" aria-current=${isAnswer ? undefined : 'page'}>A request</a>
      <a href="/console/try/answer" aria-current=${isAnswer ? 'page' : undefined}>An answer back</a>
    </nav>
    ${isAnswer ? html`<${AnswerForm} key="answer" url=${url} />` : html`<${RequestForm} key="request" url=${url} />`}`;
}
