import { showValue } from '../../config/settings/shown-value.ts';
import { namedSettings, sourcesOf, valueAt, type SettingSource } from '../../config/named-settings.ts';
import type { Config } from '../../config/settings.ts';

/** A setting as operators see it in a gateway that runs. */
export interface ShownSetting {
  readonly value: unknown;
  readonly source: SettingSource;
}

/** All settings by their paths, such as `upstream.url`. */
export type ShownSettings = Readonly<Record<string, ShownSetting>>;

/** List all settings with the values in use and their sources. Of a secret only its words and the host of a URL are shown. */
export function showSettings(config: Config): ShownSettings {
  const sources = sourcesOf(config);
  return Object.fromEntries(
    namedSettings.map(({ path, setting }) => {
      const name = path.join('.');
      const value = valueAt(config, path);
      // For messages a text is written in JSON.
      const shown: unknown = setting.isSecret === true ? JSON.parse(showValue(setting, value)) : value;
      return [name, { value: shown, source: sources.get(name) ?? 'default' }];
    }),
  );
}
