import { restartNote, type SettingPath } from '../../config/effects.ts';
import { defaultText } from '../../config/help.ts';
import { namedSettings } from '../../config/named-settings.ts';
import { ruleOf } from '../../config/settings/forms.ts';
import type { ConsoleSources } from './sources.ts';
import type { SettingView } from './view-types.ts';

/** List all settings with their values, their sources and their help. */
export function viewSettings({ settings }: ConsoleSources): readonly SettingView[] {
  const shown = settings();
  return namedSettings.map(({ path, group, environmentName, setting }) => {
    const name = path.join('.');
    return {
      name,
      variable: environmentName,
      group,
      value: shown[name]?.value ?? null,
      source: shown[name]?.source ?? 'default',
      unit: setting.unit ?? null,
      default: defaultText(setting),
      allowed: ruleOf(setting),
      help: setting.help,
      // Each path of a setting has an effect.
      restart: restartNote(name as SettingPath) ?? null,
    };
  });
}
