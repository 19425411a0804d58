import { html } from '../html.js';

const inZone = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const zoneName = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The zone of the reader by its name. */
const readersZone = inZone.resolvedOptions().timeZone;

/** @param {string} iso */
const utcOf = (iso) => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** @param {Date} date */
const zoneOf = (date) => zoneName.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';

/**
 * Show a time in the reader's zone, with UTC below.
 * @param {{ iso: string }} props
 */
export function Time({ iso }) {
  const date = new Date(iso);
  const zone = zoneOf(date);
  return html`<time class="time" datetime=${iso}>
    <span>${inZone.format(date)}${zone === 'UTC' ? ' UTC' : ` ${zone}`}</span>
    ${zone !== 'UTC' && html` <small>${utcOf(iso)}</small>`}
  </time>`;
}

/**
 * Show a time as the clock of a place shows it, with the reader's zone and UTC below.
 * @param {{ time: { utc: string, local: string }, zone: string }} props
 */
export function PlaceTime({ time: { utc, local }, zone }) {
  return html`<span class="place-time"
    ><span class="at-place">${local} ${zone}</span>${zone !== readersZone && html`<${Time} iso=${utc} />`}</span
  >`;
}

/**
 * Show a time in one line: of today only the time of day.
 * @param {{ iso: string }} props
 */
export function ShortTime({ iso }) {
  const [date, now] = [new Date(iso), new Date()];
  const isToday = date.toDateString() === now.toDateString() && iso.slice(0, 10) === now.toISOString().slice(0, 10);
  if (!isToday) return html`<${Time} iso=${iso} />`;
  const zone = zoneOf(date);
  return html`<time datetime=${iso}>
    ${minute.format(date)} ${zone}${zone !== 'UTC' && html` <small>· ${iso.slice(11, 16)} UTC</small>`}
  </time>`;
}

const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/**
 * Show a day of UTC, which is counted in that zone.
 * @param {{ day: string }} props
 */
export function Day({ day }) {
  return html`<time class="time" datetime=${day}>${dayName.format(new Date(`${day}T00:00:00Z`))}</time>`;
}

/**
 * Show the time of day at which data were read, with UTC beside.
 * @param {{ iso: string }} props
 */
export function Clock({ iso }) {
  const date = new Date(iso);
  const zone = zoneOf(date);
  return html`<time datetime=${iso} title=${utcOf(iso)}
    >${clock.format(date)} ${zone}${zone !== 'UTC' && html` <small>· ${iso.slice(11, 19)} UTC</small>`}</time
  >`;
}

/**
 * Show the time of day to the second in the reader's zone, with UTC beside.
 * @param {{ iso: string }} props
 */
export function ExactClock({ iso }) {
  const date = new Date(iso);
  const isUtc = zoneOf(date) === 'UTC';
  return html`<time class="time" datetime=${iso} title=${iso}>
    <span>${clock.format(date)}${isUtc && ' UTC'}</span>${!isUtc && html` <small>${iso.slice(11, 19)} UTC</small>`}
  </time>`;
}

/**
 * Write a duration in its two largest units.
 * @param {number} ms
 */
export function durationOf(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts =
    days > 0
      ? [
          [days, 'd'],
          [hours, 'h'],
        ]
      : [
          [hours, 'h'],
          [rest, 'min'],
        ];
  return parts
    .filter(([count]) => count !== 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
