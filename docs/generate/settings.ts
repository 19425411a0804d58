import { defaultText } from '../../src/config/help.ts';
import { fileVariable } from '../../src/config/environment.ts';
import { namedSettings, type NamedSetting } from '../../src/config/named-settings.ts';
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
    held.map(({ environmentName, path, setting }) => [
      `${code(environmentName)} ${code(path.join('.'))}`,
      setting.help,
      setting.allowed,
      setting.unit ?? '',
      defaultText(setting),
      code(setting.example),
    ]),
  );
}
