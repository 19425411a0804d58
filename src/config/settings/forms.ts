import { availableParallelism } from 'node:os';

/** A setting: how its value is read, and the help that operators get for it. */
export interface Setting<T = unknown> extends Help {
  /** Parse the text of an environment variable, without white space around it; undefined for a text that is not allowed. */
  readonly parse: (text: string) => T | undefined;
  /** The mend of a text that is not allowed, where it can be said more exactly than by the rule. */
  readonly mend?: (text: string) => string | undefined;
  /**
   * List the mistakes of a text that is not allowed, for a setting with parts. Each is the end of a sentence that begins with
   * the name of the setting, such as `.RegionTwo.url is not set; ...`.
   */
  readonly mistakesIn?: (text: string) => readonly string[];
  /** The value of a setting that is not given; undefined for a setting that must be given. */
  readonly default: T | undefined;
  /** The rule for values: the end of a sentence that begins "it must be". */
  readonly allowed: string;
  /** The JSON Schema of the value in the configuration file. It may allow more than `parse`, but no other types. */
  readonly schema: ValueSchema;
  /** The unit of a number. */
  readonly unit?: Unit;
  /** True for a value that may be secret: messages do not show it, and a file may hold it. */
  readonly isSecret?: true;
  /** Check that a value of a secret setting holds no secret, so that messages may show it. */
  readonly isHarmless?: (text: string) => boolean;
  /** The help to choose a value, for a setting without a default that a check can do without; a start cannot. */
  readonly advice?: string;
}

/** The help that every setting has. */
export interface Help {
  /** Plain sentences for operators: the effect of the setting and, for a limit, the effect of exceeding it. */
  readonly help: string;
  /** A value that an operator may want, as the environment spells it. */
  readonly example: string;
}

/** The part of JSON Schema by which values in the configuration file are described. */
export type ValueSchema =
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'string'; readonly enum?: readonly string[]; readonly pattern?: string }
  | { readonly type: 'array'; readonly items: ItemSchema }
  | ObjectSchema
  | { readonly anyOf: readonly ValueSchema[] };

/** The schema of an object whose members are settings of their own. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly patternProperties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
}

/** The items of a list. */
type ItemSchema =
  | { readonly type: 'string' }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number };

/** Settings by name, in groups. */
export interface SettingTree {
  readonly [key: string]: Setting | SettingTree;
}

/** Tell a setting from a group of settings. */
export function isSetting(node: Setting | SettingTree): node is Setting {
  return typeof node['parse'] === 'function';
}

/** The values of the settings of a tree, by their paths. */
export type SettingValues<T> = { readonly [K in keyof T]: T[K] extends Setting<infer V> ? V : SettingValues<T[K]> };

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
  | 'days'
  | 'files'
  | 'items'
  | 'logins'
  | 'milliseconds'
  | 'notes'
  | 'parts'
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
  return { ...options, parse: (given) => given, schema: { type: 'string' } };
}

/** Define a setting that is the path of a PEM file; by default there is none. */
export function pemFile(options: Help): Setting<string> {
  return {
    ...freeText({ ...options, default: '', allowed: 'the path of a PEM file' }),
    parse: (given) => (/-----BEGIN |[\r\n]/.test(given) ? undefined : given),
    mend: () => 'write that text to a file, and give the path of the file',
  };
}

/** Longest path of a unix socket, in bytes: Linux's sun_path without the zero byte at its end. */
const longestSocketPath = 107;

/** Define a setting that is the path of a unix socket; by default there is none. */
export function socketPath(options: Help): Setting<string> {
  return {
    ...freeText({ ...options, default: '', allowed: `a path of at most ${longestSocketPath} bytes` }),
    parse: (given) => (Buffer.byteLength(given) <= longestSocketPath ? given : undefined),
  };
}

interface Range {
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly unit?: Unit;
}

/** Define a setting that is an integer in a range, both bounds included. */
export function wholeNumber({ least, most, ...rest }: Help & Range): Setting<number> {
  const parse = (given: string): number | undefined => {
    const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
  return {
    ...rest,
    parse,
    mend: (given) => {
      const converted = inUnit(given, rest.unit);
      if (converted === undefined || parse(converted) === undefined) return undefined;
      return rest.unit === undefined ? `write ${converted}` : `write ${converted}, because the unit is ${rest.unit}`;
    },
    allowed: `a whole number from ${least} to ${most}`,
    schema: { type: 'integer', minimum: least, maximum: most },
  };
}

/** Sizes of the units in which operators give amounts, in the unit of the setting. */
const amounts: Readonly<Partial<Record<Unit, Readonly<Record<string, number>>>>> = {
  milliseconds: { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000, h: 3_600_000 },
  bytes: {
    b: 1,
    k: 1024,
    kb: 1024,
    kib: 1024,
    m: 1_048_576,
    mb: 1_048_576,
    mib: 1_048_576,
    g: 1_073_741_824,
    gb: 1_073_741_824,
    gib: 1_073_741_824,
  },
};

/** Convert an amount such as `5s`, `64 KiB` or `10_000` to a plain number of the unit. */
function inUnit(given: string, unit: Unit | undefined): string | undefined {
  const [, digits = '', suffix = ''] = /^(\d[\d_,]*)\s*([A-Za-z]*)$/.exec(given) ?? [];
  const size = suffix === '' ? 1 : unit && amounts[unit]?.[suffix.toLowerCase()];
  return digits === '' || size === undefined ? undefined : `${Number(digits.replace(/[_,]/g, '')) * size}`;
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
    schema: { anyOf: [counted.schema, { type: 'string', enum: ['auto'] }] },
  };
}

/** Define a setting that is one of several words; the first is the default. */
export function choice<const T extends readonly [string, ...string[]]>(words: T, options: Help): Setting<T[number]> {
  return { ...options, ...oneOf(words), default: words[0] };
}

/** Define a setting that is one of several words, of which the operator must choose one: a wrong default would do harm. */
export function chosen<const T extends readonly string[]>(
  words: T,
  options: Help & { readonly advice: string },
): Setting<T[number]> {
  return { ...options, ...oneOf(words), default: undefined };
}

/** Describe a value that is one of several words. */
function oneOf<const T extends readonly string[]>(words: T) {
  return {
    parse: (given: string) => words.find((word) => word === given),
    mend: (given: string) => {
      const meant = words.find((word) => word.toLowerCase() === given.toLowerCase());
      return meant === undefined ? undefined : `write ${meant}`;
    },
    allowed: `one of ${words.join(', ')}`,
    schema: { type: 'string', enum: words },
  } as const;
}

/** Define a setting that is an octal file mode. */
export function fileMode(options: Help & { readonly default: string }): Setting<string> {
  const pattern = '^0?[0-7]{3}$';
  return {
    ...options,
    parse: (given) => (new RegExp(pattern).test(given) ? given : undefined),
    allowed: 'an octal mode',
    schema: { type: 'string', pattern },
  };
}
