import { isObject } from '../../config/settings/given-value.ts';
import { show } from '../../config/settings/shown-value.ts';

/** The mistakes of a file, each a sentence that names the path, the value and the mend. */
export class FileMistakes {
  readonly sentences: string[] = [];

  /** Add a mistake. @param problem the end of a sentence that begins with the path and the value */
  add(path: string, value: unknown, problem: string): void {
    this.sentences.push(`${path} is ${show(value)}; ${problem}.`);
  }

  /** Add a sentence about a path. */
  say(path: string, sentence: string): void {
    this.sentences.push(`${path} ${sentence}.`);
  }
}

/** An object of the file: its members are read by name, and every mistake is noted with its path. */
export class FileMembers {
  readonly path: string;
  readonly mistakes: FileMistakes;
  readonly #object: Readonly<Record<string, unknown>>;

  private constructor(object: Readonly<Record<string, unknown>>, path: string, mistakes: FileMistakes) {
    this.#object = object;
    this.path = path;
    this.mistakes = mistakes;
  }

  /** Begin to read an object, with a mistake for each member that has none of the names; undefined for anything else. */
  static of(value: unknown, path: string, names: readonly string[], mistakes: FileMistakes): FileMembers | undefined {
    if (!isObject(value)) {
      mistakes.add(path === '' ? 'the whole' : path, value, `it must be an object with members such as ${names[0]}`);
      return undefined;
    }
    for (const name of Object.keys(value))
      if (!names.includes(name))
        mistakes.say(path === '' ? shownName(name) : `${path}.${shownName(name)}`, mendOf(name, names));
    return new FileMembers(value, path, mistakes);
  }

  /** Return the path of a member. */
  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  /** Return a member as it is; undefined if it is not there. */
  value(name: string): unknown {
    return Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
  }

  /** Read a member that is a text. @param rule the end of a sentence that begins "it must be" */
  text(name: string, rule: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    this.mistakes.add(this.at(name), value, `it must be ${rule}`);
    return undefined;
  }

  /** Read a member that is a text or a list of texts; undefined if it is not there, or if any is wrong. */
  texts(name: string, rule: string): readonly string[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = items.filter((item): item is string => typeof item === 'string' && item !== '');
    if (items.length > 0 && texts.length === items.length) return texts;
    this.mistakes.add(this.at(name), value, `it must be ${rule}, or a list of such texts that is not empty`);
    return undefined;
  }

  /** Read a member that is a list, at most of a length; empty if it is not there. */
  list(name: string, most: number): readonly unknown[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) this.mistakes.add(this.at(name), value, 'it must be a list, in brackets');
    else if (value.length > most) this.mistakes.say(this.at(name), `has ${value.length} items; ${most} are allowed`);
    else return value;
    return [];
  }

  /** Add a mistake of a member. @param problem the end of a sentence that begins with its path and value */
  wrong(name: string, problem: string): undefined {
    this.mistakes.add(this.at(name), this.value(name), problem);
    return undefined;
  }

  /** Read a member by a function, which returns the value or the sentence why it is wrong; undefined if it is not there. */
  parsed<T>(
    name: string,
    rule: string,
    read: (text: string) => { readonly value: T } | { readonly problem: string },
  ): T | undefined {
    const text = this.text(name, rule);
    if (text === undefined) return undefined;
    const found = read(text);
    return 'value' in found ? found.value : this.wrong(name, found.problem);
  }
}

/** Longest name of an unknown member that a message repeats, in characters. */
const mostName = 64;

/** Quote a name that could not be read in a path. */
function shownName(name: string): string {
  return /^[\w-]{1,64}$/.test(name) ? name : JSON.stringify(name.slice(0, mostName));
}

function mendOf(name: string, names: readonly string[]): string {
  const meant = names.find((each) => plain(each) === plain(name));
  return `is no member of the file; ${meant === undefined ? `remove it, or use one of ${names.join(', ')}` : `write ${meant}`}`;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}
