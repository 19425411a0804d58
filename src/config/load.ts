import { readFileSync } from 'node:fs';
import { ruleOf, type Setting, type SettingTree } from './settings/forms.ts';
import { settingGroups, settings, type CheckedConfig, type Config, type NumberPath } from './settings.ts';

/** The error for a configuration. It lists all mistakes, each with the setting, its value, and a valid example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration has mistakes:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** A setting with its names: `upstream.url` in the file, `GATEWAY_UPSTREAM_URL` in the environment. */
export interface NamedSetting {
  /** The title of the group that it is documented in. */
  readonly group: string;
  readonly path: readonly string[];
  readonly environmentName: string;
  readonly setting: Setting;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting, in the order of the help and the documents. */
export const namedSettings: readonly NamedSetting[] = settingGroups.flatMap(({ title, settings }) =>
  flatten(title, settings, []),
);

/** The variable that names the configuration file. */
export const fileVariable = 'GATEWAY_CONFIG';

/**
 * Load the configuration from the environment and, if `GATEWAY_CONFIG` is set, from the file that it names. The environment
 * wins.
 * @throws {ConfigError} with every mistake in both
 */
export function loadConfig(environment: Environment): Config {
  const { config, mistakes, open } = readConfig(environment);
  if (mistakes.length + open.length > 0) throw new ConfigError([...mistakes, ...open]);
  // Every path of the table was assigned a value that its own setting parsed.
  return config as Config;
}

/**
 * Load the configuration as far as a check needs it, with a sentence for each setting that only a start needs and that is
 * not set.
 * @throws {ConfigError} with every mistake, as a start
 */
export function loadForCheck(environment: Environment): {
  readonly config: CheckedConfig;
  readonly open: readonly string[];
} {
  const { config, mistakes, open } = readConfig(environment);
  if (mistakes.length > 0) throw new ConfigError([...mistakes, ...open]);
  // As above; only the settings with an advice, such as the profile, may be undefined.
  return { config: config as CheckedConfig, open };
}

/** The values by the paths of their settings, the mistakes, and the settings that are still to be chosen. */
interface Reading {
  readonly config: Record<string, unknown>;
  readonly mistakes: string[];
  readonly open: string[];
}

function readConfig(environment: Environment): Reading {
  const reading: Reading = { config: {}, mistakes: [], open: [] };
  const file = readFile(environment[fileVariable], reading.mistakes);
  reportUnknown(file, settings, [], reading.mistakes);
  for (const named of namedSettings) assign(reading.config, named.path, valueOf(named, environment, file, reading));
  return reading;
}

/** Find the variables that begin with GATEWAY_ but are not settings: misspelt ones, or those of another program. */
export function unknownVariables(environment: Environment): string[] {
  const known = new Set([fileVariable, ...namedSettings.map(({ environmentName }) => environmentName)]);
  return Object.keys(environment).filter((name) => name.startsWith('GATEWAY_') && !known.has(name));
}

/** Collect all numeric settings by path, such as `metadata.maxItems`. They hold the limits of the quotas. */
export function numbersOf(config: Config): ReadonlyMap<NumberPath, number> {
  const numbers = new Map<NumberPath, number>();
  for (const { path } of namedSettings) {
    const value = lookUp(config, path);
    // The path of a number in a Config is a NumberPath by that type's definition.
    if (typeof value === 'number') numbers.set(path.join('.') as NumberPath, value);
  }
  return numbers;
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

function valueOf(named: NamedSetting, environment: Environment, file: unknown, { mistakes, open }: Reading): unknown {
  const { setting, path } = named;
  const text = environment[named.environmentName];
  const given = text === undefined || text === '' ? lookUp(file, path) : text;
  const wanted = `it must be ${ruleOf(setting)}, such as ${setting.example}`;
  if (given === undefined) {
    const unset = `${named.environmentName} is not set; ${wanted}. ${setting.advice ?? setting.help}`;
    if (setting.default === undefined) (setting.advice === undefined ? mistakes : open).push(unset);
    return setting.default;
  }
  const parsed = setting.parse(asText(given));
  if (parsed !== undefined) return parsed;
  const name = given === text ? named.environmentName : path.join('.');
  mistakes.push(`${name} is ${show(given)}; ${wanted}.`);
  return undefined;
}

/** Format a value for a message, without the password that a URL may hold. */
function show(value: unknown): string {
  return JSON.stringify(value).replace(/\/\/[^/]*@/g, '//***@');
}

function readFile(path: string | undefined, mistakes: string[]): unknown {
  if (path === undefined || path === '') return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? ` ${error.message}` : '';
    mistakes.push(
      `${fileVariable} is ${JSON.stringify(path)}; it must be the path of a readable JSON file, such as config/nova.json.${why}`,
    );
    return {};
  }
}

function reportUnknown(value: unknown, tree: SettingTree, path: readonly string[], mistakes: string[]): void {
  if (!isObject(value)) {
    mistakes.push(
      `${path.join('.') || 'The file'} is ${JSON.stringify(value)}; it must be an object with members such as ${Object.keys(tree)[0]}.`,
    );
    return;
  }
  for (const [key, content] of Object.entries(value)) {
    const node = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (node === undefined)
      mistakes.push(
        `${[...path, key].join('.')} is not a setting; remove it, or use one of ${Object.keys(tree).join(', ')}.`,
      );
    else if (!isSetting(node)) reportUnknown(content, node, [...path, key], mistakes);
  }
}

function lookUp(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

function assign(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) target[key] = value;
  // A value that is already here is a group that this function added.
  else assign((target[key] ??= {}) as Record<string, unknown>, rest, value);
}

/** Format a value of the file as the environment would spell it. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSetting(node: Setting | SettingTree): node is Setting {
  return typeof node['parse'] === 'function';
}
