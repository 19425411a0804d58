import { Fault } from '../fault.ts';
import type { RetirementFile } from './retirement-file.ts';
import type { Refusal } from './retirement.ts';

/** The reasons that a message lists at most. */
const mostReasons = 5;

/**
 * Make the fault of a refused exchange: 410, with the reasons, the time, and the page to read. Retry-After is the end of a
 * brownout. @param at the time in milliseconds of Unix time
 */
export function refusalFault(
  { since, until }: Refusal,
  reasons: readonly string[],
  { sunset, links }: RetirementFile,
  at: number,
): Fault {
  const listed = reasons.slice(0, mostReasons).join(', ');
  const end =
    sunset === undefined || sunset <= at ? 'will be switched off' : `will be switched off on ${timeText(sunset)}`;
  const event =
    until === undefined
      ? `This request needs the legacy gateway (${listed}), which no longer serves it since ${timeText(since)}.`
      : `This request needs the legacy gateway (${listed}), which ${end}. Until ${timeText(until)} such requests are refused on trial.`;
  const { deprecation = links.sunset } = links;
  const more = deprecation === undefined ? '' : ` Read ${deprecation}.`;
  const message = `${event}${more} Nothing was sent to the cloud.`;
  if (until === undefined) return new Fault(410, message, { reason: 'retired-rule' });
  const retryAfter = String(Math.ceil((until - at) / 1000));
  return new Fault(410, message, { reason: 'retired-brownout', retryAfter });
}

/** Write a time in UTC, to the second. */
function timeText(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
