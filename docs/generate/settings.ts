import { defaultText } from '../../src/config/help.ts';
import { fileVariable, secretFileVariable } from '../../src/config/environment.ts';
import { namedSettings, type NamedSetting } from '../../src/config/named-settings.ts';
import { restartNote, type SettingPath } from '../../src/config/effects.ts';
import { code, table } from './markdown.ts';

/** One table of settings for each group, in the order of `npm start -- --help`. */
export function settingsTables(): string {
  return [...Map.groupBy(namedSettings, ({ group }) => group)]
    .map(([title, held]) => `## ${title}\n\n${settingsTable(held)}`)
    .join('\n\n');
}

/** The number of settings, as a sentence. */
export function settingsCount(): string {
  return `There are ${namedSettings.length} settings besides ${code(fileVariable)}. Only ${namedSettings
    .filter(({ setting }) => setting.default === undefined)
    .map(({ environmentName }) => code(environmentName))
    .join(', ')} must be set.`;
}

function settingsTable(held: readonly NamedSetting[]): string {
  return table(
    ['variable, and name in the file', 'meaning', 'value', 'unit', 'default', 'example'],
    held.map((named) => [
      namesOf(named),
      meaningOf(named),
      named.setting.allowed,
      named.setting.unit ?? '',
      defaultText(named.setting),
      code(named.setting.example),
    ]),
  );
}

/** Write the names of a setting; a secret has one for a file, too. */
function namesOf(named: NamedSetting): string {
  const secretFile = secretFileVariable(named);
  const names = `${code(named.environmentName)} ${code(named.path.join('.'))}`;
  return secretFile === undefined ? names : `${names}, or ${code(secretFile)}: the path of a file that holds it`;
}

/** Add which changes of a setting need a restart. */
function meaningOf({ path, setting: { help } }: NamedSetting): string {
  // Each path of a setting has an effect.
  const note = restartNote(path.join('.') as SettingPath);
  return note === undefined ? help : `${help} **${note}**`;
}
