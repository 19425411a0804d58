import { html } from '../html.js';
import { countOf } from './amounts.js';
import { ShortTime } from './times.js';

/** @import { CloudView, GatewayView, LedgerView } from '../../src/console/views/view-types.ts' */

/**
 * The facts of a gateway, a card for each: its clouds, processes, configuration and ledger.
 * @param {{ view: GatewayView }} props
 */
export function Facts({ view: { clouds, profile, workers, inFlight, reload, ledger } }) {
  const [only, ...further] = clouds;
  return html`${
      only !== undefined && further.length === 0
        ? html`<${OnlyCloud} cloud=${only} profile=${profile} />`
        : clouds.map((cloud) => html`<${RegionCloud} key=${cloud.region} cloud=${cloud} />`)
    }
    <${Fact}
      title=${workers.serving === null ? 'Process' : 'Workers'}
      mark=${workers.lost > 0 ? 'warn' : 'good'}
      value=${processesOf(workers)}
    >
      ${countOf(inFlight)} exchange${inFlight === 1 ? '' : 's'} in
      progress${workers.lost > 0 && `, ${countOf(workers.lost)} lost since the start`}
    <//>
    <${Fact}
      title="Configuration"
      mark=${reload.isGood ? 'good' : 'bad'}
      value=${reload.isGood ? 'In use' : 'Last reload failed'}
    >
      ${reload.isGood ? 'read at ' : 'the former one is in use, of '}
      ${reload.at === null ? 'an unknown time' : html`<${ShortTime} iso=${reload.at} />`}
    <//>
    <${Ledger} ledger=${ledger} />`;
}

/** @param {{ cloud: CloudView, profile: string | null }} props */
function OnlyCloud({ cloud: { isUp, exchangedAt, profileFits }, profile }) {
  return html`<${Fact} title="Cloud" ...${stateOf(isUp)}><${LastExchange} at=${exchangedAt} /><//>
    <${Fact} title="Profile" mark=${markOf(profileFits)} value=${profile ?? 'unknown'}>${fitOf(profileFits)}<//>`;
}

/** @param {{ cloud: CloudView }} props */
function RegionCloud({ cloud: { region, isUp, exchangedAt, profileFits } }) {
  const state = profileFits === false ? { mark: 'bad', value: 'Wrong profile' } : stateOf(isUp);
  return html`<${Fact} title="Cloud of ${region}" ...${state}>
    <${LastExchange} at=${exchangedAt} />; profile ${fitOf(profileFits)}
  <//>`;
}

/** @param {{ at: string | null }} props */
function LastExchange({ at }) {
  return at === null ? 'no exchange since the start' : html`last exchange at <${ShortTime} iso=${at} />`;
}

/** @param {boolean | null} isUp */
function stateOf(isUp) {
  const value = isUp === null ? 'Not asked yet' : isUp ? 'Answers' : 'Does not answer';
  return { mark: markOf(isUp), value };
}

/** @param {boolean | null} isGood */
function markOf(isGood) {
  return isGood === null ? 'unknown' : isGood ? 'good' : 'bad';
}

/** @param {boolean | null} fits */
function fitOf(fits) {
  if (fits === null) return 'not compared with the cloud yet';
  return fits ? 'fits the cloud' : 'does not fit the cloud';
}

/** @param {GatewayView['workers']} workers */
function processesOf({ serving, configured }) {
  return serving === null ? 'Serves alone' : `${countOf(serving)} of ${countOf(configured)} serve`;
}

const stores = /** @type {Readonly<Record<string, string>>} */ ({ sqlite: 'SQLite', postgres: 'PostgreSQL' });

/** @param {{ ledger: LedgerView | null }} props */
function Ledger({ ledger }) {
  if (ledger === null) return html`<${Fact} title="Ledger" mark="unknown" value="Off">nobody is counted<//>`;
  const keys = `${countOf(ledger.keys)} combination${ledger.keys === 1 ? '' : 's'}`;
  if (ledger.store === 'memory')
    return html`<${Fact} title="Ledger" mark="good" value="In memory">${keys}, lost at a restart<//>`;
  const { mark, value } = storedOf(ledger);
  return html`<${Fact} title="Ledger in ${stores[ledger.store] ?? ledger.store}" mark=${mark} value=${value}>
    ${keys}${ledger.storedAt !== null && html`, stored at <${ShortTime} iso=${ledger.storedAt} />`}
    ${ledger.waiting > 0 && `; ${countOf(ledger.waiting)} wait`}
  <//>`;
}

/** @param {LedgerView} ledger */
function storedOf({ storedAt, failures, lost }) {
  if (lost > 0) return { mark: 'bad', value: `${countOf(lost)} counts lost` };
  if (storedAt === null) return { mark: failures > 0 ? 'bad' : 'unknown', value: 'Not stored yet' };
  return failures > 0
    ? { mark: 'warn', value: `Stored, ${countOf(failures)} failures` }
    : { mark: 'good', value: 'Stored' };
}

const marks = /** @type {Readonly<Record<string, string>>} */ ({ good: '✓', warn: '!', bad: '✕', unknown: '–' });

/**
 * A fact: a card with its title, a word or two, and more about it.
 * @param {{ title: string, mark: string, value: string, children: import('../html.js').Children }} props
 */
export function Fact({ title, mark, value, children }) {
  return html`<div class="fact ${mark}">
    <h2>${title}</h2>
    <p class="value"><span class="mark" aria-hidden="true">${marks[mark]}</span>${value}</p>
    <p class="more">${children}</p>
  </div>`;
}
