import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { projectUrl } from '../needs/names.js';
import { LedgerState } from '../needs/ledger-state.js';
import { LedgerNotes } from '../needs/notes.js';
import { LedgerSource } from '../needs/source.js';
import { countOf } from '../parts/amounts.js';
import { dayText } from '../parts/days.js';
import { Section } from '../parts/section.js';
import { SettingLink } from '../parts/setting-link.js';
import { Clock, Time } from '../parts/times.js';
import { BurnDownSection } from '../parts/way-out/burn-down.js';
import { NextSteps } from '../parts/way-out/next-steps.js';
import { ReasonsLeft } from '../parts/way-out/reasons-left.js';
import { Holds, VerdictFacts } from '../parts/way-out/verdict.js';

/** @import { GatewayView } from '../../src/console/views/view-types.ts' */
/** @import { WayOutView } from '../../src/console/views/ledger-types.ts' */

/** The time between two readings: days are counted here. */
const everyMs = 60_000;

/**
 * The page of the way out: who is left, and when the gateway can be switched off.
 * @param {{ url: URL }} props
 */
export function WayOutPage({ url }) {
  const loaded = useData('/api/way-out', everyMs);
  const view = /** @type {WayOutView | undefined} */ (loaded.data);
  const gateway = /** @type {GatewayView | undefined} */ (useData('/api/gateway').data);
  return html`<div class="page-head">
      <h1 tabindex="-1">Way out</h1>
      <div class="lead">${view === undefined ? ' ' : html`<${Lead} view=${view} />`}</div>
    </div>
    <${LedgerState} loaded=${loaded}><${WithoutLedger} gateway=${gateway} /><//>
    <${LedgerNotes} data=${view} />
    <div class="hold-way-out">
      ${view !== undefined && html`<${Content} view=${view} url=${url} store=${gateway?.ledger?.store} />`}
    </div>
    <${LedgerSource} data=${view} />`;
}

/** @param {{ view: WayOutView }} props */
function Lead({ view: { verdict, asOf, dataSince } }) {
  return html`<span class="sentence">${verdict.sentence}</span>
    ${dataSince !== null && html`<span>data since ${dayText(dataSince)}</span>`}
    <span class="muted">read at <${Clock} iso=${asOf} /></span>`;
}

/** @param {{ view: WayOutView, url: URL, store: string | undefined }} props */
function Content({ view, url, store }) {
  const { verdict, reasons } = view;
  return html`<div class="facts few"><${VerdictFacts} view=${view} /></div>
    ${reasons.length === 0 && html`<${NobodyYet} view=${view} />`}
    ${reasons.length > 0 && html`<${BurnDownSection} view=${view} url=${url} />`}
    <div class="pair">
      <${Section} id="holds" title="What holds it"><${Holds} verdict=${verdict} /><//>
      <${Section} id="next" title="What to do next"><${NextSteps} view=${view} store=${store} /><//>
    </div>
    ${reasons.length > 0 && html`<${ReasonsSection} view=${view} />`}`;
}

/** @param {{ view: WayOutView }} props */
function ReasonsSection({ view: { reasons, unverified, others } }) {
  return html`<${Section}
    id="reasons-left"
    title="Reasons"
    data="/api/needs"
    query="by=reason"
    lead="Why callers need the gateway. Left are those whose silence was not long enough to be sure."
  >
    <${ReasonsLeft} reasons=${reasons} />
    ${unverified !== null && html`<${Unverified} ...${unverified} />`}
    ${
      others > 0 &&
      html`<p class="muted below">
        ${countOf(others)} needs were counted without names, because the ledger was full: raise${' '}
        <${SettingLink} name="ledger.maxKeys" />.
      </p>`
    }
  <//>`;
}

/** @param {{ calls: number, last: string }} props */
function Unverified({ calls, last }) {
  return html`<p class="muted below">
    Besides,${' '}
    <a href=${projectUrl('(unverified)')}>${countOf(calls)} calls of unverified callers</a>, the last on${' '}
    ${dayText(last)}: the cloud did not accept their tokens, so that anybody can send them.
  </p>`;
}

/** @param {{ view: WayOutView }} props */
function NobodyYet({ view: { dataSince } }) {
  return html`<p class="empty below">
    ${
      dataSince === null
        ? 'The ledger has just begun: no gateway has stored anything in it yet. The first counts are here within a minute.'
        : html`Nobody has needed the gateway since ${dayText(dataSince)}. Are the callers led to it?${' '}<a
              href="/console/gateway"
              >The gateway's page</a
            >
            says what it does.`
    }
  </p>`;
}

/** @param {{ gateway: GatewayView | undefined }} props */
function WithoutLedger({ gateway }) {
  const ledger = gateway?.ledger;
  if (ledger === undefined || ledger === null) return null;
  const { waiting, lost, storedAt } = ledger;
  const counts = `${countOf(waiting)} counts wait to be stored, and ${lost === 0 ? 'none' : countOf(lost)} were lost.`;
  return html`<p class="empty">
    ${`Callers are served and counted meanwhile: ${counts} `}${storedAt !== null && html`The last were stored at <${Time} iso=${storedAt} />. `}<a
      href="/console/gateway"
      >The gateway's page</a
    >${' '}shows the ledger.
  </p>`;
}
