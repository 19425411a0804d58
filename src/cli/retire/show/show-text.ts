import type { RetirementFields } from '../../../retirement/header-fields.ts';
import type { BrownoutWindow } from '../../../retirement/past-windows.ts';
import type { Brownout, RetirementFile, RetirementRule } from '../../../retirement/retirement-file.ts';
import {
  durationText,
  localTime,
  selectionsText,
  selectionText,
  timesText,
  utcTime,
} from '../../../retirement/shown/retire-words.ts';
import type { ShownRetirement } from '../../../retirement/shown/shown-retirement.ts';

/** Write a retirement file in words. */
export function shownText(shown: ShownRetirement): string {
  const { path, file, at, fields, calendar } = shown;
  const { brownouts, rules, except, zone } = file;
  const sections = [
    [`${path}: times are of ${zone.name}.`],
    datesOf(file),
    list(
      'Rules',
      rules.map((rule) => ruleText(rule, file)),
    ),
    list(
      'Brownouts',
      brownouts.map((brownout) => brownoutText(brownout, file)),
    ),
    except.length === 0 ? [] : [`Never refused: ${selectionsText(except)}`],
    list(
      'Calendar',
      calendar.map((window) => windowText(window, file)),
    ),
    [`At ${bothTimes(at, file)}:`, ...inForce(shown).map((line) => `  ${line}`)],
    list('Header fields', fieldLines(fields)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** List the lines of the header section. */
export function fieldLines({ Deprecation, Sunset, Link = [] }: RetirementFields): readonly string[] {
  return [
    ...(Deprecation === undefined ? [] : [`Deprecation: ${Deprecation}`]),
    ...(Sunset === undefined ? [] : [`Sunset: ${Sunset}`]),
    ...Link.map((value) => `Link: ${value}`),
  ];
}

function datesOf(file: RetirementFile): readonly string[] {
  const { deprecation, sunset, needs, rules } = file;
  const isEnforced = sunset !== undefined && rules.some(({ from }) => from === sunset);
  return [
    ...(deprecation === undefined ? [] : [`Deprecated since  ${bothTimes(deprecation, file)}`]),
    ...(sunset === undefined
      ? []
      : [`Sunset            ${bothTimes(sunset, file)}${isEnforced ? '' : '; no rule refuses from then on'}`]),
    `Needs that count  ${needs === 'all' ? 'all' : 'those that break without the gateway'}`,
  ];
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function ruleText({ name, from, selection, except }: RetirementRule, file: RetirementFile): string {
  return `${name}: from ${bothTimes(from, file)}: ${selectionText(selection)}${exceptText(except)}`;
}

function brownoutText({ name, times, only, except }: Brownout, { zone }: RetirementFile): string {
  const about = only === undefined ? 'all' : selectionsText(only);
  return `${name}: ${timesText(times, zone)}: ${about}${exceptText(except)}`;
}

function exceptText(except: Brownout['except']): string {
  return except.length === 0 ? '' : `, but for ${selectionsText(except)}`;
}

function windowText({ name, from, to }: BrownoutWindow, { zone }: RetirementFile): string {
  const utc = `${utcTime(from)} to ${utcTime(to)}`;
  const local = zone.name === 'UTC' ? '' : `  ${localTime(from, zone)} to ${localTime(to, zone)} ${zone.name}`;
  return `${utc}${local}  ${durationText(to - from)}  ${name}`;
}

function inForce({ file, brownouts, rules, nextChange }: ShownRetirement): readonly string[] {
  const lines = [
    ...rules.map((name) => `the rule ${name} refuses`),
    ...brownouts.map(({ name, to }) => `the brownout ${name} refuses until ${bothTimes(to, file)}`),
  ];
  const change = Number.isFinite(nextChange)
    ? `the next change is at ${bothTimes(nextChange, file)}`
    : 'nothing changes any more';
  return [...(lines.length === 0 ? ['nothing is refused'] : lines), change];
}

function bothTimes(instant: number, { zone }: RetirementFile): string {
  return zone.name === 'UTC' ? utcTime(instant) : `${utcTime(instant)} (${localTime(instant, zone)})`;
}
