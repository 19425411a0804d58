import type { Combination } from './combinations/combination.ts';
import { combinations } from './combinations/combinations.ts';
import { givenName, variable, type Environment } from './environment.ts';
import { showValue } from './settings/shown-value.ts';
import { namedSettings, valueAt, type NamedSetting } from './named-settings.ts';
import type { CheckedConfig } from './settings.ts';

/** A warning about settings, with the event for the log and the sentence for a person. */
export interface SettingsWarning {
  readonly event: string;
  readonly sentence: string;
}

/** The events of the log for the warnings. */
const events = {
  useless: 'a setting has no effect',
  contradiction: 'settings contradict each other',
} as const;

/**
 * Find the settings that nobody can mean together, each as a sentence.
 * @param config the values by their paths; undefined for a setting that has a mistake of its own
 */
export function refusedSettings(config: unknown, environment: Environment): readonly string[] {
  return combinations
    .filter((combination) => combination.kind === 'refused' && isIn(config, combination))
    .map((combination) => sentenceOf(combination, config, environment));
}

/** Find the settings that hardly fit together, and those that have no effect. */
export function settingsWarnings(config: CheckedConfig, environment: Environment): readonly SettingsWarning[] {
  return combinations.flatMap((combination) => {
    if (combination.kind === 'refused' || !isIn(config, combination)) return [];
    return [{ event: events[combination.kind], sentence: sentenceOf(combination, config, environment) }];
  });
}

function isIn(config: unknown, { kind, paths, isFound }: Combination): boolean {
  const [first, ...others] = paths.map((path) => valueAt(config, path.split('.')));
  if (first === undefined || others.includes(undefined)) return false;
  // A default has no effect either, but the operator did not choose it: no warning.
  return (kind !== 'useless' || !isDefault(namedSetting(paths[0]), first)) && isFound(first, ...others);
}

/** Write the names of the settings as the operator wrote them, and their values. */
function sentenceOf({ sentence }: Combination, config: unknown, environment: Environment): string {
  return sentence.replace(/\{([\w.]+)(=?)\}/g, (_, path: string, equals: string) => {
    const named = namedSetting(path);
    const name = givenName(named, environment);
    return equals === '' ? name : `${name} is ${valueText(named, valueAt(config, named.path), environment)}`;
  });
}

function valueText({ setting, environmentName }: NamedSetting, value: unknown, environment: Environment): string {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'not set';
  const text = Array.isArray(value) ? value.join(',') : value;
  const isGiven = variable(environment, environmentName) !== undefined;
  return `${showValue(setting, text)}${!isGiven && text === setting.default ? ' (the default)' : ''}`;
}

function isDefault({ setting }: NamedSetting, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(setting.default);
}

function namedSetting(path: string | undefined): NamedSetting {
  const named = namedSettings.find((each) => each.path.join('.') === path);
  if (named === undefined) throw new Error(`a combination names ${path}, which is no setting`);
  return named;
}
