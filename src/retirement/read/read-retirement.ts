import { isDeepStrictEqual } from 'node:util';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { readMoment } from '../calendar/dates.ts';
import { utc, type TimeZone } from '../calendar/time-zone.ts';
import type { Brownout, RetirementFile, RetirementRule } from '../retirement-file.ts';
import { FileMistakes, FileMembers } from './file-members.ts';
import { fileDocs, ruleDocs } from './member-docs.ts';
import { momentRule, readBrownout, readZone, utcText } from './read-brownout.ts';
import { readLink } from './read-link.ts';
import { nameOf } from './read-name.ts';
import { readSelection, readSelections, type SelectionContext } from './read-selection.ts';

const memberNames = Object.keys(fileDocs);
const ruleMemberNames = Object.keys(ruleDocs);

/** Read the content of a retirement file. @returns the content, or every mistake in it */
export function readRetirement(
  value: unknown,
): { readonly file: RetirementFile } | { readonly mistakes: readonly string[] } {
  const mistakes = new FileMistakes();
  const members = FileMembers.of(value, '', memberNames, mistakes);
  if (members === undefined) return { mistakes: mistakes.sentences };
  const zone = readZone(members, utc);
  const context: SelectionContext = { mistakes, needs: readNeeds(members), patterns: 0, patternsOfProjects: new Map() };
  const { deprecation, sunset } = readDates(members, zone);
  const brownouts = members
    .list('brownouts', fixedLimits.retirementBrownouts)
    .flatMap((item, at) => readBrownout(item, `brownouts.${at}`, zone, context) ?? []);
  const rules = members
    .list('rules', fixedLimits.retirementRules)
    .flatMap((item, at) => readRule(item, `rules.${at}`, { zone, sunset }, context) ?? []);
  const except = readSelections(members, 'except', context);
  const links = {
    deprecation: readLink(members, 'link'),
    sunset: readLink(members, 'sunsetLink'),
    'successor-version': readLink(members, 'successorLink'),
  };
  checkTogether({ brownouts, rules }, context);
  if (zone === undefined || mistakes.sentences.length > 0) return { mistakes: mistakes.sentences };
  return { file: { deprecation, sunset, links: given(links), zone, needs: context.needs, brownouts, rules, except } };
}

function readNeeds(members: FileMembers): RetirementFile['needs'] {
  const text = members.text('needs', 'breaking or all') ?? 'breaking';
  if (text === 'all' || text === 'breaking') return text;
  members.wrong('needs', 'it must be breaking or all');
  return 'all';
}

function readDates(members: FileMembers, zone = utc): Pick<RetirementFile, 'deprecation' | 'sunset'> {
  const read = (text: string): ReturnType<typeof readMoment> => readMoment(text, zone);
  const deprecation = members.parsed('deprecation', momentRule, read);
  const sunset = members.parsed('sunset', momentRule, read);
  // RFC 9745, 4.
  if (deprecation !== undefined && sunset !== undefined && sunset < deprecation)
    members.wrong('sunset', `it must not be before deprecation (${utcText(deprecation)})`);
  return { deprecation, sunset };
}

/** The word that stands for the time of the sunset in the member `from` of a rule. */
const sunsetWord = 'sunset';

function readRule(
  value: unknown,
  path: string,
  { zone, sunset }: { readonly zone: TimeZone | undefined; readonly sunset: number | undefined },
  context: SelectionContext,
): RetirementRule | undefined {
  const members = FileMembers.of(value, path, ruleMemberNames, context.mistakes);
  if (members === undefined) return undefined;
  const selection = readSelection(members, context);
  const except = readSelections(members, 'except', context);
  const name = nameOf(members);
  const rule = `${momentRule}, or ${sunsetWord} for the time of the sunset`;
  if (members.value('from') === undefined) context.mistakes.say(path, `has no from; it must be ${rule}`);
  const from = members.parsed('from', rule, (text) => {
    if (text !== sunsetWord) return readMoment(text, zone ?? utc);
    return sunset === undefined ? { problem: 'the file has no sunset that can be read: give one' } : { value: sunset };
  });
  return from === undefined ? undefined : { name, from, selection, except };
}

/** Check what no member shows alone: names that are given twice, brownouts that overlap, and the number of patterns. */
function checkTogether(
  { brownouts, rules }: Pick<RetirementFile, 'brownouts' | 'rules'>,
  { mistakes, patterns, patternsOfProjects }: SelectionContext,
): void {
  const names = new Set<string>();
  for (const { name } of [...brownouts, ...rules]) {
    if (names.has(name)) mistakes.say(`the name "${name}"`, 'stands in the file twice; give one of them another');
    names.add(name);
  }
  for (const [one, other] of overlapping(brownouts))
    mistakes.say(one.name, `overlaps ${other.name}, which is about the same exchanges; make one of them`);
  const { retirementPatterns, retirementOpenRules } = fixedLimits;
  if (patterns > retirementPatterns)
    mistakes.say(
      'the file',
      `has ${patterns} agents and networks without a project; ${retirementPatterns} are allowed`,
    );
  for (const [project, count] of patternsOfProjects)
    if (count > retirementPatterns)
      mistakes.say(
        `project ${project}`,
        `has ${count} agents with * and networks; ${retirementPatterns} are allowed, beside those of whole agents`,
      );
  const open = rules.filter(({ selection: { project } }) => project === undefined).length;
  if (open > retirementOpenRules)
    mistakes.say('rules', `has ${open} rules without project; ${retirementOpenRules} are allowed`);
}

/** Find brownouts that occur once and overlap the one before, about the same exchanges: one of them has a wrong date. */
function overlapping(brownouts: readonly Brownout[]): (readonly [Brownout, Brownout])[] {
  const once = brownouts.flatMap((brownout) =>
    brownout.times.kind === 'once' ? [{ brownout, from: brownout.times.from, to: brownout.times.to }] : [],
  );
  const sorted = once.toSorted((one, other) => one.from - other.from);
  return sorted.flatMap(({ brownout, from }, at) => {
    const earlier = sorted.slice(0, at).find((each) => each.to > from && isSameScope(each.brownout, brownout));
    return earlier === undefined ? [] : [[brownout, earlier.brownout] as const];
  });
}

function isSameScope(one: Brownout, other: Brownout): boolean {
  return isDeepStrictEqual([one.only, one.except], [other.only, other.except]);
}

/** Leave out the members that are undefined. */
function given<T extends Readonly<Record<string, string | undefined>>>(
  members: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  // Only members with a value are left.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
