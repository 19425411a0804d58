import { isSetting, type Setting, type SettingTree } from './settings/forms.ts';
import { isObject } from './settings/given-value.ts';
import { settingGroups, type Config, type NumberPath } from './settings.ts';

/** A setting with its names: `upstream.url` in the file, `GATEWAY_UPSTREAM_URL` in the environment. */
export interface NamedSetting {
  /** The title of the group that it is documented in. */
  readonly group: string;
  readonly path: readonly string[];
  readonly environmentName: string;
  readonly setting: Setting;
}

/** Every setting, in the order of the help and the documents. */
export const namedSettings: readonly NamedSetting[] = settingGroups.flatMap(({ title, settings }) =>
  flatten(title, settings, []),
);

/** Collect all numeric settings by path, such as `metadata.maxItems`. They hold the limits of the quotas. */
export function numbersOf(config: Config): ReadonlyMap<NumberPath, number> {
  const numbers = new Map<NumberPath, number>();
  for (const { path } of namedSettings) {
    const value = valueAt(config, path);
    // The path of a number in a Config is a NumberPath by that type's definition.
    if (typeof value === 'number') numbers.set(path.join('.') as NumberPath, value);
  }
  return numbers;
}

/** The place that a value comes from. */
export type SettingSource = 'default' | 'file' | 'environment';
/** The sources of values by the paths of their settings. */
export type SettingSources = ReadonlyMap<string, SettingSource>;

/** The sources by configuration. A field of a configuration would be taken for a setting. */
const sources = new WeakMap<object, SettingSources>();

/** Keep the sources of the values of a configuration. */
export function keepSources(config: object, ofValues: SettingSources): void {
  sources.set(config, ofValues);
}

/** Return the sources of the values of a configuration that this process has loaded. */
export function sourcesOf(config: Config): SettingSources {
  return sources.get(config) ?? new Map<string, SettingSource>();
}

/** Look up a value in nested objects; undefined where a part of its path is missing. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

/** Set a value in nested objects, which are added where they are missing. */
export function assignAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) target[key] = value;
  // A value that is already here is a group that this function added.
  else assignAt((target[key] ??= {}) as Record<string, unknown>, rest, value);
}

function flatten(group: string, tree: SettingTree, path: readonly string[]): NamedSetting[] {
  return Object.entries(tree).flatMap(([key, node]) => {
    const here = [...path, key];
    return isSetting(node)
      ? [{ group, path: here, environmentName: environmentName(here), setting: node }]
      : flatten(group, node, here);
  });
}

function environmentName(path: readonly string[]): string {
  const words = path.map((key) => key.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase());
  return ['GATEWAY', ...words].join('_');
}
