import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { Beginning } from '../retirement/beginning.js';
import { aboutOf, Brownouts } from '../retirement/brownouts.js';
import { Plan, usePlan } from '../retirement/plan.js';
import { Fact } from '../parts/facts.js';
import { Failure, Section } from '../parts/section.js';
import { Clock, PlaceTime } from '../parts/times.js';

/** @import { RetirementInUse, RetirementRuleView, RetirementView } from '../../src/console/views/retirement-types.ts' */

/** The time between two readings of what the file says and what it refused. */
const everyMs = 10_000;
/** The rules that are shown at once: a file may have thousands. */
const rulesShown = 20;

/**
 * The page of the retirement file: what it says, what it refused, and whom it would refuse.
 * @param {{ url: URL }} props
 */
export function RetirementPage({ url }) {
  const { data, failure } = useData('/api/retirement', everyMs);
  const view = /** @type {RetirementView | undefined} */ (data);
  return html`<div class="page-head">
      <h1 tabindex="-1">Retirement</h1>
      <p class="lead">${view === undefined ? ' ' : html`<${FileState} view=${view} />`}</p>
    </div>
    <${Failure} failure=${failure} hasData=${view !== undefined} />
    <div class="hold-retirement">${view !== undefined && html`<${Content} view=${view} url=${url} />`}</div>`;
}

/** @param {{ view: RetirementView }} props */
function FileState({ view: { file, inUse, at } }) {
  if (file === null) return 'No retirement file is in use: nothing is announced, and nothing is refused.';
  return html`<span class="code">${file}</span>
    ${inUse !== null && html`<span>times of ${inUse.timeZone}</span>`}
    <span class="muted">read at <${Clock} iso=${at} /></span>`;
}

/** @param {{ view: RetirementView, url: URL }} props */
function Content({ view, url }) {
  const { inUse, file, mistakes } = view;
  const loaded = usePlan();
  const { data: plan, failure } = loaded;
  return html`${mistakes.length > 0 && html`<${Mistakes} view=${view} />`}
  ${
    file === null &&
    html`<${Beginning} text=${plan?.beginning ?? undefined} /> ${
        // Before the file to begin with is here, this would stand in its place.
        (plan ?? failure) !== undefined && html`<${Plan} loaded=${loaded} title="Whom that file would refuse" />`
      }`
  }
  ${
    inUse !== null &&
    html`<div class="facts"><${RetirementFacts} view=${view} file=${inUse} /></div>
      <${Section}
        id="brownouts"
        title="Brownouts"
        data="/api/retirement/windows"
        lead="Times in which those who need the gateway are refused on trial. Days are those of ${inUse.timeZone}."
      >
        ${
          inUse.brownouts.length === 0
            ? html`<p class="empty">
                The file has no brownout. Without one of a whole day, for everybody, nobody can tell that the gateway is
                no longer needed.
              </p>`
            : html`<${Brownouts} file=${inUse} past=${plan?.past ?? []} at=${view.at} url=${url} />`
        }
      <//>
      <${Plan} loaded=${loaded} title="Whom it would refuse" />
      <${Rules} file=${inUse} isAll=${url.searchParams.get('rules') === 'all'} />
      <${Announcement} file=${inUse} />`
  }`;
}

/** @param {{ view: RetirementView }} props */
function Mistakes({ view: { mistakes, inUse } }) {
  return html`<div class="note bad" role="alert">
    <p>
      The file as it lies there now cannot be used.
      ${
        inUse === null
          ? 'The workers use the one that they read before, which this page does not know.'
          : 'The former one stays in use, and is shown here.'
      }
    </p>
    <ul>
      ${mistakes.map((mistake) => html`<li key=${mistake}>${mistake}</li>`)}
    </ul>
  </div>`;
}

/** @param {{ view: RetirementView, file: RetirementInUse }} props */
function RetirementFacts({ view: { refused }, file }) {
  const { deprecation, sunset, isSunsetEnforced, timeZone } = file;
  const total = refused.byBrownouts + refused.byRules;
  return html`<${Fact} title="Announced" mark=${deprecation === null ? 'unknown' : 'good'} value=${dayOf(deprecation)}>
      ${deprecation === null ? 'no field Deprecation is sent' : html`<${PlaceTime} time=${deprecation} zone=${timeZone} />`}
    <//>
    <${Fact}
      title="Sunset"
      mark=${sunset === null ? 'unknown' : isSunsetEnforced ? 'good' : 'warn'}
      value=${dayOf(sunset)}
    >
      ${sunset === null ? 'no field Sunset is sent' : isSunsetEnforced ? 'a rule refuses from then on' : 'no rule refuses from then on'}
    <//>
    <${InForce} file=${file} />
    <${Fact} title="Refused since the start" mark="unknown" value=${countOf(total)}>
      ${countOf(refused.byBrownouts)} by <a href="#brownouts">brownouts</a>, ${countOf(refused.byRules)} by${' '}
      <a href="#rules">rules</a>
    <//>`;
}

/** @param {{ local: string } | null} time */
function dayOf(time) {
  return time === null ? 'Not given' : time.local.slice(0, 10);
}

/** @param {{ file: RetirementInUse }} props */
function InForce({ file: { calendar, rules, nextChange, timeZone } }) {
  const windows = calendar.filter(({ state }) => state === 'now').length;
  const inForce = rules.filter(({ isInForce }) => isInForce).length;
  const parts = [...counted(windows, 'brownout'), ...counted(inForce, 'rule')];
  return html`<${Fact}
    title="In force now"
    mark=${parts.length > 0 ? 'warn' : 'good'}
    value=${parts.length > 0 ? parts.join(', ') : 'Nothing is refused'}
  >
    ${nextChange === null ? 'nothing changes any more' : html`next change: <${PlaceTime} time=${nextChange} zone=${timeZone} />`}
  <//>`;
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return count === 0 ? [] : [`${countOf(count)} ${noun}${count === 1 ? '' : 's'}`];
}

/** @param {{ file: RetirementInUse, isAll: boolean }} props */
function Rules({ file: { rules, except, timeZone }, isAll }) {
  const shown = isAll ? rules : rules.slice(0, rulesShown);
  return html`<${Section} id="rules" title="Rules" lead="Exchanges that are refused for good.">
    ${
      rules.length === 0
        ? html`<p class="empty">
            The file has no rule. The last one is usually that of the sunset: it refuses all who are left.
          </p>`
        : html`<${RuleTable} rules=${shown} zone=${timeZone} />`
    }
    ${
      shown.length < rules.length &&
      html`<p class="more-rows">
        <a href="/console/retirement?rules=all#rules">Show all ${countOf(rules.length)} rules</a>
      </p>`
    }
    ${except !== null && html`<p class="below names-in">Never refused: ${except}.</p>`}
  <//>`;
}

/** @param {{ rules: readonly RetirementRuleView[], zone: string }} props */
function RuleTable({ rules, zone }) {
  return html`<table class="stacked rules">
    <thead>
      <tr>
        <th scope="col">Rule</th>
        <th scope="col">Refuses</th>
        <th scope="col">From</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      ${rules.map(
        (rule) =>
          html`<tr key=${rule.name}>
            <th scope="row">${rule.name}</th>
            <td data-label="Refuses" class="names-in">${aboutOf(rule)}</td>
            <td data-label="From"><${PlaceTime} time=${rule.from} zone=${zone} /></td>
            <td class="state" data-label="State">
              <span class=${rule.isInForce ? 'tag bad' : 'tag'}>${rule.isInForce ? 'in force' : 'coming'}</span>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {{ file: RetirementInUse }} props */
function Announcement({ file: { headerFields, needs } }) {
  const text = headerFields.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return html`<${Section}
    id="announcement"
    title="Header fields"
    lead=${
      needs === 'all'
        ? 'On the answers to all who need the gateway.'
        : 'On the answers to those who would fail without the gateway, and on no others.'
    }
  >
    ${
      text === ''
        ? html`<p class="empty">The file announces nothing. Its members deprecation, sunset and link do.</p>`
        : html`<pre tabindex="0" aria-label="Header fields">${text}</pre>`
    }
  <//>`;
}
