import { html } from '../html.js';

/** The rows of the ledger that stand for calls without a known project. */
const special = /** @type {Readonly<Record<string, string>>} */ ({
  '(unverified)': 'the cloud did not accept their token',
  '(none)': 'calls that name no project, such as a login',
  '(other)': 'there was no room for their names',
});

/** @param {string} project */
export function projectUrl(project) {
  return `/console/projects/${encodeURIComponent(project)}`;
}

/** @param {string} agent */
export function clientUrl(agent) {
  return `/console/clients?agent=${encodeURIComponent(agent)}`;
}

/**
 * The name of a project, which leads to it.
 * @param {{ project: string }} props
 */
export function ProjectLink({ project }) {
  return html`<a class="code" href=${projectUrl(project)}><bdi>${project}</bdi></a
    >${special[project] !== undefined && html` <small class="block">${special[project]}</small>`}`;
}

/**
 * The name of a client, which leads to it.
 * @param {{ agent: string }} props
 */
export function ClientLink({ agent }) {
  return html`<span
    ><a class="code" href=${clientUrl(agent)}><bdi>${agentText(agent)}</bdi></a
    >${agent === '(other)' && html` <small class="block">clients that are not named</small>`}</span
  >`;
}

/**
 * Name a client by its agent; one may send none.
 * @param {string} agent
 */
export function agentText(agent) {
  return agent === '' ? 'no User-Agent' : agent;
}

/**
 * The reasons of a row, each of which leads to its cure. A reason may have a member after a colon.
 * @param {{ reasons: readonly string[] }} props
 */
export function ReasonLinks({ reasons }) {
  return html`<span class="reason-links"
    >${reasons.map((reason) => html`<${ReasonLink} key=${reason} reason=${reason} />`)}</span
  >`;
}

/**
 * Let a long name break at some places, and not in the middle of a word.
 * @param {string} name
 * @param {RegExp} places
 */
function withBreaks(name, places) {
  return name.split(places).map((part, at) => (at === 0 ? part : html`<wbr />${part}`));
}

/**
 * The name of an operation, which breaks between its words.
 * @param {{ operation: string }} props
 */
export function Operation({ operation }) {
  return html`<span class="code">${withBreaks(operation, /(?=[A-Z])/)}</span>`;
}

/**
 * A reason, which leads to its cure.
 * @param {{ reason: string }} props
 */
export function ReasonLink({ reason }) {
  return html`<a class="code" href=${`/console/reasons/${encodeURIComponent(reason.replace(/:.*$/s, ''))}`}
    >${withBreaks(reason, /(?<=:)/)}</a
  >`;
}
