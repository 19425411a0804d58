import { fileVariable, secretFileVariable } from './environment.ts';
import { restartNote, type SettingPath } from './effects.ts';
import { namedSettings, type NamedSetting } from './named-settings.ts';
import { ruleOf, type Setting, type Unit } from './settings/forms.ts';

/** The width that the help is written for: that of the narrowest usual terminal. */
const columns = 80;

/** Format the help of all settings for a terminal, group by group. */
export function settingsHelp(): string {
  const intro = `Settings are environment variables, or members of the JSON file that ${fileVariable} names (their name there is in parentheses). A variable wins over the file; an empty variable counts as not set. SIGHUP reads the file again; some settings need a restart.`;
  const groups = Map.groupBy(namedSettings, ({ group }) => group);
  return [
    ...wrap(intro, 0),
    ...[...groups].flatMap(([title, members]) => ['', `${title}:`, ...members.flatMap(linesOf)]),
  ].join('\n');
}

function linesOf(named: NamedSetting): string[] {
  const { environmentName, path, setting } = named;
  const secretFile = secretFileVariable(named);
  // Each path of a setting has an effect.
  const note = restartNote(path.join('.') as SettingPath);
  return [
    '',
    ...wrap(`${environmentName} (${path.join('.')})`, 2),
    ...wrap(setting.help, 6),
    ...(secretFile === undefined ? [] : wrap(`Or ${secretFile}: the path of a file that holds it.`, 6)),
    ...wrap(`Must be ${ruleOf(setting)}.`, 6),
    ...wrap(`Default: ${defaultText(setting)}. Example: ${setting.example}`, 6),
    ...(note === undefined ? [] : wrap(note, 6)),
  ];
}

/** Format the default of a setting for readers; a large amount is shown in a larger unit too. */
export function defaultText({ default: value, unit }: Setting): string {
  if (value === undefined) return 'none, it must be set';
  if (value === '' || ['[]', '{}'].includes(JSON.stringify(value))) return 'not set';
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  const larger = typeof value === 'number' && unit !== undefined ? inLargerUnit(value, unit) : undefined;
  return larger === undefined ? plain : `${plain} (${larger})`;
}

/** The larger units in which amounts of a unit are shown too, the largest first. */
const largerUnits: Readonly<Partial<Record<Unit, readonly (readonly [size: number, name: string])[]>>> = {
  bytes: [
    [1_073_741_824, 'GiB'],
    [1_048_576, 'MiB'],
    [1024, 'KiB'],
  ],
  milliseconds: [
    [60_000, 'min'],
    [1000, 's'],
  ],
};

function inLargerUnit(value: number, unit: Unit): string | undefined {
  const [size, name] = largerUnits[unit]?.find(([size]) => value > 0 && value % size === 0) ?? [];
  return size === undefined ? undefined : `${value / size} ${name}`;
}

/** Break a text into lines that fit the terminal; a word that is too long gets its own line. */
export function wrap(text: string, indent: number, width: number = columns): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((content) => ' '.repeat(indent) + content);
}
