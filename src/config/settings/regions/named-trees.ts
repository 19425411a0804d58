import { JsonTextError, readJsonText } from '../json-text.ts';
import { show } from '../shown-value.ts';
import { isSetting, type Help, type ObjectSchema, type Setting, type SettingTree, type ValueSchema } from '../forms.ts';
import { isObject, readGiven, wanted } from '../given-value.ts';

/** The options of a setting that is an object whose members are trees of settings, all of the same form. */
interface NamedTrees<T> extends Help {
  /** The form of the names. */
  readonly name: RegExp;
  /** The same in words: the end of a sentence that begins "a name has". */
  readonly namedBy: string;
  readonly members: SettingTree;
  /** List what contradicts itself in trees that are good by themselves, as `mistakesIn` of a setting does. */
  readonly contradictions: (trees: Readonly<Record<string, T>>) => readonly string[];
  readonly allowed: string;
}

/** The part of the options that each tree is read by. */
type TreesForm = Omit<NamedTrees<unknown>, 'contradictions'>;

/** The trees that were read, and the mistakes in them. */
interface Reading {
  readonly trees: Record<string, unknown>;
  readonly mistakes: string[];
}

/**
 * Define a setting that is an object by names: in the file an object, in the environment its JSON. By default it is empty. The
 * members of each are settings, with the rules and mends that they have elsewhere.
 */
export function namedTrees<T>(options: NamedTrees<T>): Setting<Readonly<Record<string, T>>> {
  const { name, members, contradictions, allowed, help, example } = options;
  const read = (text: string): Reading => {
    const { trees, mistakes } = readTrees(text, options);
    // Each member was assigned a value that its own setting parsed.
    const found = mistakes.length > 0 ? mistakes : contradictions(trees as Record<string, T>);
    return { trees, mistakes: [...found] };
  };
  return {
    help,
    example,
    allowed,
    parse: (text) => {
      const { trees, mistakes } = read(text);
      return mistakes.length > 0 ? undefined : (trees as Record<string, T>);
    },
    mistakesIn: (text) => read(text).mistakes,
    default: {},
    schema: {
      type: 'object',
      additionalProperties: false,
      patternProperties: { [name.source]: schemaOf(members) },
    },
  };
}

function readTrees(text: string, { name, namedBy, members, allowed, example }: TreesForm): Reading {
  const document = jsonOf(text);
  const reading: Reading = { trees: {}, mistakes: [] };
  const { mistakes } = reading;
  if (typeof document === 'string')
    mistakes.push(` is not JSON, at ${document}; it must be ${allowed}, such as ${example}.`);
  else if (!isObject(document.value))
    mistakes.push(` is ${show(document.value)}; it must be ${allowed}, such as ${example}.`);
  else {
    mistakes.push(...document.twice.map((path) => `.${path} stands there twice; remove one of them.`));
    for (const [key, content] of Object.entries(document.value)) {
      if (name.test(key)) reading.trees[key] = readTree(content, members, `.${key}`, mistakes);
      else mistakes.push(` has the name ${show(key)}; a name has ${namedBy}.`);
    }
  }
  return reading;
}

function jsonOf(text: string): string | ReturnType<typeof readJsonText> {
  try {
    return readJsonText(text);
  } catch (error) {
    if (error instanceof JsonTextError) return error.message;
    throw error;
  }
}

/** Read a tree of settings, or add its mistakes. */
function readTree(given: unknown, tree: SettingTree, path: string, mistakes: string[]): Record<string, unknown> {
  const names = Object.keys(tree);
  if (!isObject(given)) {
    mistakes.push(`${path} is ${show(given)}; it must be an object with members such as ${names[0]}.`);
    return {};
  }
  for (const key of Object.keys(given).filter((name) => !names.includes(name)))
    mistakes.push(`${path}.${show(key).slice(1, -1)} is not a setting; remove it, or use one of ${names.join(', ')}.`);
  return Object.fromEntries(
    Object.entries(tree).map(([key, node]) => {
      const here = `${path}.${key}`;
      const value = Object.hasOwn(given, key) ? given[key] : undefined;
      if (!isSetting(node)) return [key, readTree(value ?? {}, node, here, mistakes)];
      if (value !== undefined) return [key, readGiven(node, { name: here, value, isText: false }, mistakes)];
      if (node.default === undefined) mistakes.push(`${here} is not set; ${wanted(node)}. ${node.advice ?? node.help}`);
      return [key, node.default];
    }),
  );
}

function schemaOf(tree: SettingTree): ObjectSchema {
  const properties = Object.entries(tree).map(([key, node]): [string, ValueSchema] => [
    key,
    isSetting(node) ? node.schema : schemaOf(node),
  ]);
  const required = Object.entries(tree).flatMap(([key, node]) =>
    isSetting(node) && node.default === undefined ? [key] : [],
  );
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties),
  };
}
