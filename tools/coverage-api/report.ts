import { dirname, basename } from 'node:path';
import type { Way } from './compare.ts';
import type { Match, Survey } from './survey.ts';

/** Print a survey as text. */
export function report(found: Survey): string {
  const { folder, files, pairs, messages, operations, matches } = found;
  const seen = operations.map((name) => ({ name, own: matches.filter((match) => match.operations.includes(name)) }));
  const compared = new Set(matches.map(({ pair }) => pair)).size;
  return [
    `${folder}: ${files} files, ${pairs} pairs; ${compared} of them are messages of the ${operations.length} operations (${messages} messages).`,
    '',
    'Written: the XML made from the JSON, compared with the XML. Read: the JSON made from the XML, compared with the JSON.',
    'Same form: the same members, elements and attributes, with other values or in another order.',
    '',
    `${'operation'.padEnd(32)} both ways  same form    differs`,
    ...seen.filter(({ own }) => own.length > 0).map(({ name, own }) => row(name, own)),
    ...section(
      'Differences:',
      seen.flatMap(({ name, own }) => differencesOf(name, own)),
    ),
    ...section(
      'Operations without a pair:',
      listed(seen.filter(({ own }) => own.length === 0).map(({ name }) => name)),
    ),
    ...section('Pairs of no operation:', byFolder(found.unmatched)),
    ...section('Pairs whose XML cannot be read:', listed(found.unreadable)),
    ...section('Files that are not part of a pair:', byFolder(found.others)),
  ].join('\n');
}

function row(name: string, own: readonly Match[]): string {
  const counts = (['both ways', 'same form', 'differs'] as const).map(
    (outcome) => own.filter((match) => match.outcome === outcome).length,
  );
  return `${name.padEnd(32)} ${counts.map((count) => String(count).padStart(9)).join('  ')}`;
}

function differencesOf(name: string, own: readonly Match[]): string[] {
  return own
    .filter(({ outcome }) => outcome === 'differs')
    .flatMap(({ pair, as, written, read }) => [
      `  ${name}, ${as}: ${pair}`,
      ...wayLines('written', written),
      ...wayLines('read', read),
    ]);
}

function wayLines(way: string, { missing, extra, otherKind, refused }: Way): string[] {
  const labelled: readonly (readonly [string, readonly string[]])[] = [
    ['missing', missing],
    ['extra', extra],
    ['of another kind', otherKind],
    ['refused', refused === undefined ? [] : [refused]],
  ];
  return labelled
    .filter(([, what]) => what.length > 0)
    .map(([word, what]) => `    ${way}, ${word}: ${what.join(', ')}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function listed(names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`  ${names.join(', ')}`];
}

/** The number of names listed for a folder. */
const maximumNames = 12;

function byFolder(names: readonly string[]): string[] {
  return [...Map.groupBy(names, (name) => dirname(name))].map(([folder, own]) => {
    const rest = own.length > maximumNames ? ', ...' : '';
    const listed = own.slice(0, maximumNames).map((name) => basename(name));
    return `  ${folder} (${own.length}): ${listed.join(', ')}${rest}`;
  });
}
