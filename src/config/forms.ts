import { availableParallelism } from 'node:os';
import { isIP } from 'node:net';

/** A setting; `parse` gives undefined for a text that is not allowed, `default` undefined means that it must be set. */
export interface Setting<T = unknown> {
  readonly parse: (text: string) => T | undefined;
  readonly default: T | undefined;
  /** What is allowed, as the end of a sentence that begins with the value. */
  readonly allowed: string;
  readonly about: string;
}

/** Any text. */
export function text(fallback: string, about: string): Setting<string> {
  return { parse: (given) => given, default: fallback, allowed: 'any text', about };
}

/** A whole number between two others. */
export function integer(fallback: number, least: number, most: number, about: string): Setting<number> {
  return {
    parse: (given) => {
      const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
    default: fallback,
    allowed: `a whole number from ${least} to ${most}`,
    about,
  };
}

/** A number of processes. */
export function processes(about: string): Setting<number> {
  const most = 1024;
  const numbered = integer(1, 1, most, about);
  return {
    ...numbered,
    parse: (given) => (given === 'auto' ? availableParallelism() : numbered.parse(given)),
    allowed: `${numbered.allowed}, or auto`,
  };
}

/** One of several words; the first is the default. */
export function choice<const T extends readonly [string, ...string[]]>(words: T, about: string): Setting<T[number]> {
  return {
    parse: (given) => words.find((word) => word === given),
    default: words[0],
    allowed: `one of ${words.join(', ')}`,
    about,
  };
}

/** A text of some form. */
export function pattern(form: RegExp, fallback: string, allowed: string, about: string): Setting<string> {
  return { parse: (given) => (form.test(given) ? given : undefined), default: fallback, allowed, about };
}

/** Addresses, networks, or the names that Express has for some. */
export function networks(about: string): Setting<readonly string[]> {
  return {
    parse: (given) => {
      const items = given
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
      return items.every(isNetwork) ? items : undefined;
    },
    default: [],
    allowed: 'addresses or networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas between',
    about,
  };
}

function isNetwork(item: string): boolean {
  const [address = '', prefix = '0', ...more] = item.split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(item)) return true;
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

/** What must be set. */
export function required<T>(parse: (given: string) => T | undefined, allowed: string, about: string): Setting<T> {
  return { parse, default: undefined, allowed, about };
}

/** A URL that need not be set. */
export function optional(parse: (given: string) => string | undefined, about: string): Setting<string> {
  return { parse, default: '', allowed: 'an http or https URL, such as https://compute.example.com', about };
}

/** A URL that a version can follow. */
export function cloudUrl(given: string): string | undefined {
  const url = webUrl(given);
  return url !== undefined && !/\/v\d+(?:\.\d+)?$/.test(url) ? url : undefined;
}

/** A URL without a trailing slash, query, fragment or credentials. */
export function webUrl(given: string): string | undefined {
  if (!URL.canParse(given)) return undefined;
  const url = new URL(given);
  const plain = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return plain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined;
}
