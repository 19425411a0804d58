import { html } from '../../html.js';
import { projectUrl } from '../../needs/names.js';
import { countOf } from '../amounts.js';
import { daysBetween, dayText } from '../days.js';
import { Fact } from '../facts.js';

/** @import { HoldView, Left, VerdictView, WayOutView } from '../../../src/console/views/ledger-types.ts' */

/** The titles and marks of verdicts. */
const titles = /** @type {const} */ ({
  'no-data': { title: 'No data yet', mark: 'unknown' },
  needed: { title: 'Needed', mark: 'bad' },
  waiting: { title: 'Not safe yet', mark: 'warn' },
  announce: { title: 'A brownout is missing', mark: 'warn' },
  safe: { title: 'Safe to switch off', mark: 'good' },
});

/** The reasons that are shown at once. */
const holdsShown = 5;

/**
 * The verdict and the numbers of those who are left, a card for each.
 * @param {{ view: WayOutView }} props
 */
export function VerdictFacts({ view: { verdict, projects, clients, reasonNames, asOf } }) {
  const { title, mark } = titles[verdict.kind];
  return html`<${Fact} title="Verdict" mark=${mark} value=${title}>${earliestOf(verdict, asOf)}<//>
    <${LeftFact} title="Projects left" left=${projects} href="/console/projects?kind=needing&state=left" />
    <${LeftFact} title="Clients left" left=${clients} href="/console/clients?kind=needing&state=left" />
    <${LeftFact} title="Reasons left" left=${reasonNames} href="#reasons-left" />`;
}

/** @param {VerdictView} verdict @param {string} asOf */
function earliestOf({ earliest, kind }, asOf) {
  if (kind === 'safe') return 'nobody is left who needs it';
  if (earliest === null) return 'nothing to judge by';
  const days = daysBetween(asOf, earliest);
  if (days <= 0) return 'the silence is long enough';
  return html`at the earliest on <b>${dayText(earliest)}</b>, in ${countOf(days)} day${days === 1 ? '' : 's'}`;
}

/** @param {{ title: string, left: Left, href: string }} props */
function LeftFact({ title, left: { left, total }, href }) {
  return html`<${Fact}
    title=${title}
    mark=${total === 0 ? 'unknown' : left === 0 ? 'good' : 'bad'}
    value=${html`<a href=${href}>${countOf(left)}</a>`}
  >
    ${total === 0 ? 'none was ever counted' : `of ${countOf(total)} that would fail without the gateway`}
  <//>`;
}

/**
 * The reasons that hold the verdict back, the longest first.
 * @param {{ verdict: VerdictView }} props
 */
export function Holds({ verdict: { kind, holds, moreHolds } }) {
  if (holds.length === 0)
    return html`<p class="empty">${kind === 'no-data' ? 'The ledger has no data yet.' : 'Nothing holds it.'}</p>`;
  const rest = holds.length - holdsShown + moreHolds;
  return html`<ul class="holds">
      ${holds.slice(0, holdsShown).map((hold) => html`<li key=${hold.sentence}><${Hold} hold=${hold} /></li>`)}
    </ul>
    ${rest > 0 && html`<p class="below"><a href="/console/projects?kind=needing&state=left&sort=quiet">All that hold it: ${countOf(rest)} more</a></p>`}`;
}

/** @param {{ hold: HoldView }} props */
function Hold({ hold: { sentence, until, project, kind } }) {
  return html`<span class="until">${until === null ? 'open' : dayText(until)}</span>
    <span>
      ${sentence.replace(/ This holds until [\d-]+\.$/, '')}${' '}
      ${project !== null && html`<a href=${projectUrl(project)}>Look at the project</a>`}
      ${kind === 'no-brownout' && html`<a href="/console/retirement">Plan one</a>`}
      ${kind === 'without-data' && html`<a href="#burn-down">Look at the days</a>`}
    </span>`;
}
