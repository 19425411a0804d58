import { readFileSync } from 'node:fs';
import { fileVariable } from './environment.ts';
import { JsonTextError, readJsonText, type JsonText } from './settings/json-text.ts';
import { readingFailure } from './mistakes.ts';
import { show } from './settings/shown-value.ts';
import { isSetting, type SettingTree } from './settings/forms.ts';
import { isObject } from './settings/given-value.ts';
import { namedSettings } from './named-settings.ts';
import { settings } from './settings.ts';

/** The values of the configuration file, and the mistakes of its form; the values of its settings are not checked yet. */
export interface ConfigurationFile {
  readonly values: unknown;
  readonly mistakes: readonly string[];
  /** False for a file of which nothing could be read: then no setting can be called missing. */
  readonly isRead: boolean;
  /** Settings and groups that stand in the file under another name or in another form. A mistake says so: they are not missing too. */
  readonly misplaced: readonly string[];
}

/** Read the configuration file; without a path there is none. */
export function readConfigurationFile(path: string | undefined): ConfigurationFile {
  if (path === undefined) return { values: {}, mistakes: [], isRead: true, misplaced: [] };
  try {
    const { value, twice } = readDocument(path);
    const repeated = twice.map((name) => `${name} stands in the file twice; remove one of them.`);
    const found = mistakesOf(value, settings, []);
    return {
      values: value,
      mistakes: [...repeated, ...found.map(({ sentence }) => sentence)],
      isRead: isObject(value),
      misplaced: found.flatMap(({ meant }) => meant ?? []),
    };
  } catch (error) {
    const rule = 'it must be the path of a readable JSON file, such as config/nova.json';
    return {
      values: {},
      mistakes: [`${fileVariable} is ${show(path)}; ${rule}. ${reasonOf(error)}.`],
      isRead: false,
      misplaced: [],
    };
  }
}

/** Read a JSON document in UTF-8, without the byte order mark that some editors put before it. */
function readDocument(path: string): JsonText {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  try {
    return readJsonText(text);
  } catch (error) {
    if (error instanceof JsonTextError && isYaml(path, text)) throw new YamlError('YAML is not read: give JSON');
    throw error;
  }
}

/** The error of a file in YAML, in which operators of Kubernetes write everything else. */
class YamlError extends Error {
  override readonly name = 'YamlError';
}

function isYaml(path: string, text: string): boolean {
  return /\.ya?ml$/i.test(path) || /^\s*(?:#.*\n\s*)*(?:---|[\w.]+:(?:\s|$))/.test(text);
}

function reasonOf(error: unknown): string {
  if (error instanceof YamlError) return error.message;
  if (error instanceof JsonTextError) return `In ${error.message}`;
  return readingFailure(error);
}

/** A mistake of the form of the file, with the path of the setting or the group that was meant, if that is plain. */
interface FormMistake {
  readonly sentence: string;
  readonly meant?: string;
}

/** List the names that are no settings, and values that stand in the place of a group. */
function mistakesOf(value: unknown, tree: SettingTree, path: readonly string[]): FormMistake[] {
  if (!isObject(value)) {
    const name = path.join('.');
    const place = name === '' ? 'The configuration file' : name;
    const sentence = `${place} is ${show(value)}; it must be an object with members such as ${Object.keys(tree)[0]}.`;
    return [name === '' ? { sentence } : { sentence, meant: name }];
  }
  return Object.entries(value).flatMap(([key, content]) => {
    const here = [...path, key];
    // Editors find the JSON Schema by it.
    if (path.length === 0 && key === '$schema' && typeof content === 'string') return [];
    const node = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (node === undefined) return [unknownName(here, tree)];
    return isSetting(node) ? [] : mistakesOf(content, node, here);
  });
}

/** Describe a name that is no setting. The mend is exact for one in other letters, with dots, or of a variable. */
function unknownName(here: readonly string[], tree: SettingTree): FormMistake {
  const key = here.at(-1) ?? '';
  const names = Object.keys(tree);
  const sibling = names.find((name) => plain(name) === plain(key));
  if (sibling !== undefined)
    return {
      sentence: `${here.join('.')} is not a setting; write ${sibling}.`,
      meant: [...here.slice(0, -1), sibling].join('.'),
    };
  const named = namedSettings.find(({ path, environmentName }) => path.join('.') === key || environmentName === key);
  if (named !== undefined && here.length === 1)
    return {
      sentence: `${key} is not a name of the file; write ${nested(named.path)}.`,
      meant: named.path.join('.'),
    };
  return { sentence: `${here.join('.')} is not a setting; remove it, or use one of ${names.join(', ')}.` };
}

/** Spell a name without what operators of other programs spell otherwise: `answer_timeout_ms`, `answer-timeout-ms`. */
function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

/** Spell a path as the objects of the file: `{"log": {"level": ...}}`. */
function nested(path: readonly string[]): string {
  return path.reduceRight((inner, name) => `{"${name}": ${inner}}`, '...');
}
