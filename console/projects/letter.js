import { agentText } from '../needs/names.js';
import { nameOfReason } from '../needs/cures.js';

/** @import { NeedRow } from '../../src/console/views/ledger-types.ts' */
/** @import { Cures } from '../needs/cures.js' */

/** The longest lines of a text as mail (RFC 5322 recommends 78). */
const lineLength = 76;

const longDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/**
 * Write the text that tells the owner of a project what to change: which client, which calls, since when, what breaks, and until when.
 * @param {{ project: string, rows: readonly NeedRow[], left: number, cures: Cures, by: string, isSimulated: boolean }} facts
 */
export function letterOf({ project, rows, left, cures, by, isSimulated }) {
  const clients = [...Map.groupBy(rows, ({ agent, network }) => `${agent}\n${network}`).values()];
  const reasons = [...new Set(rows.map(({ reason = '' }) => nameOfReason(reason)))];
  const date = by === '' ? undefined : longDay.format(new Date(`${by}T00:00:00Z`));
  return [
    isSimulated ? 'THIS IS AN EXAMPLE: a demo has made up the project and its clients.\n' : '',
    `Subject: Project ${project}: change your client of the Compute API${date === undefined ? '' : ` by ${date}`}\n`,
    'Hello,\n',
    wrapped(
      `clients of the project ${project} still use the old Compute API. They work only because a gateway translates their calls. ` +
        `The gateway is going to be switched off${date === undefined ? '; the date is not set yet' : ` on ${date}`}. From then on the calls below will fail.`,
    ),
    '',
    ...clients.map((members, at) => clientPart(members, at + 1, cures)),
    ...(left > 0 ? [`There are ${left} more combinations of client, call and reason.\n`] : []),
    'WHAT TO CHANGE, BY EXAMPLE',
    '',
    ...reasons.map((reason) => examplePart(reason, cures)),
    wrapped(
      date === undefined
        ? 'Please tell us when you can have it changed.'
        : `Please change the clients by ${date}, and tell us if you cannot.`,
    ),
    '',
  ]
    .filter((part, at) => at > 0 || part !== '')
    .join('\n');
}

/** @param {readonly NeedRow[]} members @param {number} number @param {Cures} cures */
function clientPart(members, number, cures) {
  const [{ agent = '', network = '' } = {}] = members;
  const latest = members.reduce((found, row) => (row.last > found.last ? row : found));
  const first = members.reduce((found, row) => (row.first < found ? row.first : found), latest.first);
  const calls = [...new Set(members.map(({ operation = '' }) => operation))];
  const reasons = [...new Set(members.map(({ reason = '' }) => reason))];
  return [
    wrapped(`${number}. ${agentText(agent)}, from the network ${network}`, '   ', ''),
    wrapped(`Calls: ${calls.join(', ')}`, '          ', '   '),
    `   Since: ${dayOf(first)}, last at ${minuteOf(latest.last)}`,
    ...(latest.lastRequest === '' ? [] : [`   Last request: ${latest.lastRequest}`]),
    ...reasons.flatMap((reason) => reasonPart(reason, cures)),
    '',
  ].join('\n');
}

/** @param {string} reason @param {Cures} cures */
function reasonPart(reason, cures) {
  const known = cures.get(nameOfReason(reason));
  if (known === undefined) return [`   * ${reason}`];
  return [
    wrapped(`* ${reason}: ${known.without}`, '     ', '   '),
    wrapped(`To change: ${known.cure}`, '     ', '     '),
  ];
}

/** @param {string} reason @param {Cures} cures */
function examplePart(reason, cures) {
  const known = cures.get(reason);
  if (known === undefined) return '';
  return `${reason}, sent today:\n\n${indented(known.before)}\n\nafter the change:\n\n${indented(known.after)}\n`;
}

/** @param {string} text */
function indented(text) {
  return text.trim().replaceAll(/^(?=.)/gm, '    ');
}

/**
 * Break a text into lines. A word that is longer than a line stays whole.
 * @param {string} text
 * @param {string} indent before all lines but the first
 * @param {string} start before the first
 */
function wrapped(text, indent = '', start = indent) {
  const lines = [];
  let line = start;
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + word.length >= lineLength) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}

/** @param {string} iso */
function dayOf(iso) {
  return iso.slice(0, 10);
}

/** @param {string} iso */
function minuteOf(iso) {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
