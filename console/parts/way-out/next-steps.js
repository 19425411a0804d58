import { html } from '../../html.js';
import { projectUrl } from '../../needs/names.js';
import { dayText } from '../days.js';
import { SettingLink } from '../setting-link.js';

/** @import { Children } from '../../html.js' */
/** @import { WayOutView } from '../../../src/console/views/ledger-types.ts' */

/**
 * The next steps, by the verdict.
 * @param {{ view: WayOutView, store: string | undefined }} props
 */
export function NextSteps({ view, store }) {
  const steps = [...(store === 'memory' ? [known.store] : []), ...stepsOf(view)];
  return html`<ol class="steps">
    ${steps.map((step, place) => html`<li key=${place}>${step}</li>`)}
  </ol>`;
}

const left = '/console/projects?kind=needing&state=left';
const strangers = projectUrl('(unverified)');

const known = {
  store: html`<b>Store the ledger.</b>${' '}It is in memory, and a restart loses it: the wait then begins anew.
    Set${' '} <${SettingLink} name="ledger.store" />${' '}to a file or a database.`,
  begin: html`<b>Send some requests</b>${' '}through the gateway. The first counts are here within a minute.`,
  tell: html`<b>Tell the owners.</b>${' '}Each of${' '}<a href=${left}>the projects left</a>${' '}has a page with what
    it calls and a text for its owner.`,
  cure: html`<b>Say what to change.</b>${' '}<a href="#reasons-left">Each reason</a>${' '}has its cure, with a request
    before and after.`,
  announce: html`<b>Announce the end</b>${' '}in${' '}<a href="/console/retirement">the retirement file</a>, then refuse
    for some hours.`,
  unverified: html`<b>Look at the unverified calls.</b>${' '}<a href=${strangers}>They</a>${' '}count for nobody, since
    the cloud did not accept their tokens.`,
  plan: html`<b>Plan a brownout</b>${' '}of at least a day, for everybody, in${' '}
    <a href="/console/retirement">the retirement file</a>. Only one that hits nobody proves that nobody is left.`,
  yearly: html`<b>Ask the owners of yearly jobs.</b>${' '}No rule sees a client that comes once a year.`,
  end: html`<b>Switch the gateway off</b>${' '}and keep its ledger for a while.`,
};

/** @param {WayOutView} view @returns {readonly Children[]} */
function stepsOf({ verdict: { kind, earliest }, unverified }) {
  const { begin, tell, cure, announce, plan, yearly, end } = known;
  switch (kind) {
    case 'no-data':
      return [begin];
    case 'needed':
      return [tell, cure, announce, ...(unverified === null ? [] : [known.unverified])];
    case 'waiting':
      return [
        html`<b>Wait</b>${earliest !== null && ` until ${dayText(earliest)}`}. Who calls again until then is left.`,
        plan,
      ];
    case 'announce':
      return [plan];
    case 'safe':
      return [yearly, end];
    default:
      return kind;
  }
}
