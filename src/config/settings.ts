import { callerSettings } from './settings/callers.ts';
import { cloudSettings } from './settings/cloud.ts';
import type { SettingGroup, SettingValues } from './settings/forms.ts';
import { identitySettings } from './settings/identity.ts';
import { limitSettings } from './settings/limits.ts';
import { processSettings } from './settings/process.ts';
import { projectSettings } from './settings/projects.ts';
import { quotaSettings } from './settings/quotas.ts';
import { regionSettings } from './settings/regions/regions.ts';
import { translationSettings } from './settings/translation.ts';
import { wayOutSettings } from './settings/way-out/way-out.ts';

/** The groups of settings, in the order of the help and the documents. */
export const settingGroups: readonly SettingGroup[] = [
  cloudSettings,
  regionSettings,
  callerSettings,
  identitySettings,
  translationSettings,
  limitSettings,
  projectSettings,
  quotaSettings,
  wayOutSettings,
  processSettings,
];

/** Every setting once. Its names in the file and in the environment follow from its path. */
export const settings = {
  ...cloudSettings.settings,
  ...regionSettings.settings,
  ...callerSettings.settings,
  ...identitySettings.settings,
  ...translationSettings.settings,
  ...limitSettings.settings,
  ...projectSettings.settings,
  ...quotaSettings.settings,
  ...wayOutSettings.settings,
  ...processSettings.settings,
} as const;

/** The configuration: the paths of the settings with their parsed values. */
export type Config = SettingValues<typeof settings>;

/** The configuration of a check: only a start needs the profile. */
export type CheckedConfig = Omit<Config, 'upstream'> & {
  readonly upstream: Omit<Config['upstream'], 'profile'> & {
    readonly profile: Config['upstream']['profile'] | undefined;
  };
};

/** The path of a setting that is a number, such as `metadata.maxItems`. */
export type NumberPath = NumberPathOf<Config>;
type NumberPathOf<T, Group extends string = ''> = {
  [K in keyof T & string]: T[K] extends number
    ? `${Group}${K}`
    : T[K] extends string | undefined | readonly unknown[] | Config['regions']
      ? never
      : NumberPathOf<T[K], `${Group}${K}.`>;
}[keyof T & string];
