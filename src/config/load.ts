import { refusedSettings } from './contradictions.ts';
import { readConfigurationFile, type ConfigurationFile } from './configuration-file.ts';
import { fileVariable, secretFileVariable, variable, type Environment } from './environment.ts';
import { ConfigError } from './mistakes.ts';
import {
  assignAt,
  keepSources,
  namedSettings,
  valueAt,
  type NamedSetting,
  type SettingSource,
} from './named-settings.ts';
import { readSecretFile, SecretFileError } from './secret-files.ts';
import { readGiven, wanted } from './settings/given-value.ts';
import { show } from './settings/shown-value.ts';
import type { CheckedConfig, Config } from './settings.ts';

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

/**
 * Load one group of settings, for a command that needs no other: the address of the admin port for a health check, or the store of
 * the ledger for a report. Mistakes in other settings do not matter to it: they may be of a configuration that is being edited
 * beside a gateway that serves, or of a machine on which none serves.
 * @throws {ConfigError} with the mistakes in the group, or that of a file that cannot be read
 */
export function loadGroup<Group extends keyof Config>(environment: Environment, group: Group): Config[Group] {
  const file = readConfigurationFile(variable(environment, fileVariable));
  const reading = emptyReading(file.isRead ? [] : file.mistakes);
  for (const named of namedSettings.filter(({ path: [first] }) => first === group))
    assignAt(reading.config, named.path, valueOf(named, environment, file, reading));
  if (reading.mistakes.length > 0) throw new ConfigError(reading.mistakes);
  // Each setting of the group was assigned a value that it parsed.
  return reading.config[group] as Config[Group];
}

/** The values by the paths of their settings with their sources, the mistakes, and the settings that are still to be chosen. */
interface Reading {
  readonly config: Record<string, unknown>;
  readonly sources: Map<string, SettingSource>;
  readonly mistakes: string[];
  readonly open: string[];
}

function emptyReading(mistakes: readonly string[]): Reading {
  return { config: {}, sources: new Map(), mistakes: [...mistakes], open: [] };
}

function readConfig(environment: Environment): Reading {
  const file = readConfigurationFile(variable(environment, fileVariable));
  const reading = emptyReading(file.mistakes);
  for (const named of namedSettings) assignAt(reading.config, named.path, valueOf(named, environment, file, reading));
  reading.mistakes.push(...refusedSettings(reading.config, environment));
  keepSources(reading.config, reading.sources);
  return reading;
}

/** Determine the value of a setting: that of the environment, else that of the file, else the default. */
function valueOf(named: NamedSetting, environment: Environment, file: ConfigurationFile, reading: Reading): unknown {
  const { setting, environmentName, path } = named;
  const name = path.join('.');
  const fromEnvironment = variable(environment, environmentName);
  const secretFile = secretFileVariable(named);
  const secretPath = secretFile === undefined ? undefined : variable(environment, secretFile);
  const fromFile = valueAt(file.values, path);
  reading.sources.set(name, sourceOf(fromEnvironment ?? secretPath, fromFile));
  if (secretPath !== undefined && fromEnvironment !== undefined) {
    reading.mistakes.push(`${environmentName} and ${secretFile} are both set; remove one of them.`);
    return undefined;
  }
  if (secretPath !== undefined) return secretIn(secretPath, named, reading.mistakes);
  const { mistakes } = reading;
  if (fromEnvironment !== undefined)
    return readGiven(setting, { name: environmentName, value: fromEnvironment, isText: true }, mistakes);
  if (fromFile !== undefined) return readGiven(setting, { name, value: fromFile, isText: false }, mistakes);
  if (setting.default === undefined && file.isRead && !isMisplaced(name, file)) {
    const list = setting.advice === undefined ? reading.mistakes : reading.open;
    list.push(`${environmentName} is not set; ${wanted(setting)}. ${setting.advice ?? setting.help}`);
  }
  return setting.default;
}

/** Check that a mistake of the file's form already says where the value of a setting stands. */
function isMisplaced(name: string, { misplaced }: ConfigurationFile): boolean {
  return misplaced.some((place) => name === place || name.startsWith(`${place}.`));
}

function sourceOf(fromEnvironment: unknown, fromFile: unknown): SettingSource {
  if (fromEnvironment !== undefined) return 'environment';
  return fromFile === undefined ? 'default' : 'file';
}

/** Read and parse a secret, or add a mistake that names the file and not what it holds. */
function secretIn(path: string, named: NamedSetting, mistakes: string[]): unknown {
  const place = `${secretFileVariable(named)} is ${show(path)}`;
  try {
    const value = named.setting.parse(readSecretFile(path));
    if (value === undefined) mistakes.push(`${place}; for the text in that file, ${wanted(named.setting)}.`);
    return value;
  } catch (error) {
    if (!(error instanceof SecretFileError)) throw error;
    const { environmentName } = named;
    mistakes.push(`${place}; it must be the path of a file that holds ${environmentName}. ${error.message}.`);
    return undefined;
  }
}
