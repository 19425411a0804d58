import { availableParallelism } from 'node:os';
import { isIP } from 'node:net';

/** A setting: how its value is read, and the help that operators get for it. */
export interface Setting<T = unknown> extends Help {
  /** Parse the text of an environment variable; undefined for a text that is not allowed. */
  readonly parse: (text: string) => T | undefined;
  /** The value of a setting that is not given; undefined for a setting that must be given. */
  readonly default: T | undefined;
  /** The rule for values: the end of a sentence that begins "it must be". */
  readonly allowed: string;
  /** The unit of a number. */
  readonly unit?: Unit;
  /** The help to choose a value, for a setting without a default that a check can do without; a start cannot. */
  readonly advice?: string;
}

/** The help that every setting has. */
interface Help {
  /** Plain sentences for operators: the effect of the setting and, for a limit, the effect of exceeding it. */
  readonly help: string;
  /** A value that an operator may want, as the environment spells it. */
  readonly example: string;
}

/** Settings by name, in groups. */
export interface SettingTree {
  readonly [key: string]: Setting | SettingTree;
}

/** Settings that are documented together. */
export interface SettingGroup {
  readonly title: string;
  readonly settings: SettingTree;
}

/** The unit of a setting that is a number. */
export type Unit =
  | 'bytes'
  | 'characters'
  | 'connections'
  | 'files'
  | 'items'
  | 'milliseconds'
  | 'notes'
  | 'percent'
  | 'processes'
  | 'requests'
  | 'responses';

/** Describe the values that a setting allows, as the end of a sentence that begins "it must be". */
export function ruleOf({ allowed, unit }: Setting): string {
  return unit === undefined ? allowed : `${allowed} (${unit})`;
}

/** The largest number of a TCP port. */
export const largestPort = 65_535;

/** Define a text setting; the empty text means "not set". */
export function freeText(options: Help & { readonly default: string; readonly allowed: string }): Setting<string> {
  return { ...options, parse: (given) => given };
}

/** Define a setting that is the path of a PEM file; by default there is none. */
export function pemFile(options: Help): Setting<string> {
  return freeText({ ...options, default: '', allowed: 'the path of a PEM file' });
}

interface Range {
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly unit?: Unit;
}

/** Define a setting that is an integer in a range, both bounds included. */
export function wholeNumber({ least, most, ...rest }: Help & Range): Setting<number> {
  return {
    ...rest,
    parse: (given) => {
      const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
    allowed: `a whole number from ${least} to ${most}`,
  };
}

/** Define a setting that is a port to listen on; 0 lets the operating system choose a free one. */
export function port(options: Help & Pick<Range, 'default'>): Setting<number> {
  return wholeNumber({ ...options, least: 0, most: largestPort });
}

/** Define a setting that is a number of processes; `auto` is one for each core that the process may use. */
export function processes(options: Help): Setting<number> {
  const counted = wholeNumber({ ...options, default: 1, least: 1, most: 1024, unit: 'processes' });
  return {
    ...counted,
    parse: (given) => (given === 'auto' ? availableParallelism() : counted.parse(given)),
    allowed: `${counted.allowed}, or auto`,
  };
}

/** Define a setting that is one of several words; the first is the default. */
export function choice<const T extends readonly [string, ...string[]]>(words: T, options: Help): Setting<T[number]> {
  return {
    ...options,
    parse: (given) => words.find((word) => word === given),
    default: words[0],
    allowed: `one of ${words.join(', ')}`,
  };
}

/** Define a setting that is one of several words, of which the operator must choose one: a wrong default would do harm. */
export function chosen<const T extends readonly string[]>(
  words: T,
  options: Help & { readonly advice: string },
): Setting<T[number]> {
  return {
    ...options,
    parse: (given) => words.find((word) => word === given),
    default: undefined,
    allowed: `one of ${words.join(', ')}`,
  };
}

/** Define a setting that is an octal file mode. */
export function fileMode(options: Help & { readonly default: string }): Setting<string> {
  return {
    ...options,
    parse: (given) => (/^0?[0-7]{3}$/.test(given) ? given : undefined),
    allowed: 'an octal mode',
  };
}

/** Define a setting that lists addresses, networks, or Express's names for some; by default the list is empty. */
export function networks(options: Help): Setting<readonly string[]> {
  return {
    ...options,
    parse: (given) => {
      const items = given
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
      return items.every(isNetwork) ? items : undefined;
    },
    default: [],
    allowed: 'addresses or networks, or the words loopback, linklocal, uniquelocal, unix, separated by commas',
  };
}

function isNetwork(item: string): boolean {
  const [address = '', prefix = '0', ...more] = item.split('/');
  if (['loopback', 'linklocal', 'uniquelocal', 'unix'].includes(item)) return true;
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

/** Define a setting that is a URL; the empty text means "not set". */
export function optionalUrl(options: Help): Setting<string> {
  return { ...options, parse: webUrl, default: '', allowed: 'an http or https URL without query and credentials' };
}

/** Define the required setting of the cloud's URL. */
export function cloudUrl(options: Help): Setting<string> {
  return {
    ...options,
    // The gateway appends the version itself.
    parse: (given) => {
      const url = webUrl(given);
      return url !== undefined && !/\/v\d+(?:\.\d+)?$/.test(url) ? url : undefined;
    },
    default: undefined,
    allowed: 'an http or https URL without the version, query and credentials',
  };
}

/** Parse a URL that has no query, fragment or credentials, and remove its trailing slashes. */
function webUrl(given: string): string | undefined {
  if (!URL.canParse(given)) return undefined;
  const url = new URL(given);
  const plain = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return plain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined;
}
