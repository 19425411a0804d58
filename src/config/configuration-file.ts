import { readFileSync } from 'node:fs';
import { fileVariable } from './environment.ts';
import { JsonTextError, readJsonText, type JsonText } from './json-text.ts';
import { isObject, isSetting } from './named-settings.ts';
import { readingFailure, show } from './mistakes.ts';
import type { SettingTree } from './settings/forms.ts';
import { settings } from './settings.ts';

/** The values of the configuration file, and the mistakes of its form; the values of its settings are not checked yet. */
export interface ConfigurationFile {
  readonly values: unknown;
  readonly mistakes: readonly string[];
  /** False for a file of which nothing could be read: then no setting can be called missing. */
  readonly isRead: boolean;
}

/** Read the configuration file; without a path there is none. */
export function readConfigurationFile(path: string | undefined): ConfigurationFile {
  if (path === undefined) return { values: {}, mistakes: [], isRead: true };
  try {
    const { value, twice } = readDocument(path);
    const repeated = twice.map((name) => `${name} stands in the file twice; remove one of them.`);
    return { values: value, mistakes: [...repeated, ...mistakesOf(value, settings, [])], isRead: isObject(value) };
  } catch (error) {
    const rule = 'it must be the path of a readable JSON file, such as config/nova.json';
    return {
      values: {},
      mistakes: [`${fileVariable} is ${show(path)}; ${rule}. ${reasonOf(error)}.`],
      isRead: false,
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

/** List the names that are no settings, and values that stand in the place of a group. */
function mistakesOf(value: unknown, tree: SettingTree, path: readonly string[]): string[] {
  if (!isObject(value)) {
    const place = path.length === 0 ? 'The configuration file' : path.join('.');
    return [`${place} is ${show(value)}; it must be an object with members such as ${Object.keys(tree)[0]}.`];
  }
  return Object.entries(value).flatMap(([key, content]) => {
    const here = [...path, key];
    // Editors find the JSON Schema by it.
    if (path.length === 0 && key === '$schema' && typeof content === 'string') return [];
    const node = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (node === undefined)
      return [`${here.join('.')} is not a setting; remove it, or use one of ${Object.keys(tree).join(', ')}.`];
    return isSetting(node) ? [] : mistakesOf(content, node, here);
  });
}
