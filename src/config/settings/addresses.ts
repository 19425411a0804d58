import { isIP } from 'node:net';
import { freeText, largestPort, type Help, type Setting } from './forms.ts';

/** Define a setting that is a host: an address or a name, without a scheme, brackets or a port. */
export function host(options: Help & { readonly default: string; readonly allowed: string }): Setting<string> {
  return {
    ...freeText(options),
    parse: (given) => (isHost(given) ? given : undefined),
    mend: (given) => {
      const [, meant = ''] = /^(?:[a-z]+:\/\/)?(\[[^\]]+\]|[^/:]*)(?::\d*)?\/*$/i.exec(given) ?? [];
      const bare = meant === '*' ? '0.0.0.0' : meant.replace(/^\[|\]$/g, '');
      return bare !== '' && isHost(bare) ? `write ${bare}` : undefined;
    },
  };
}

/** Check a host. Of names only what no resolver takes is refused; digits and dots alone are a mistyped address. */
function isHost(given: string): boolean {
  return isIP(given) !== 0 || (!/[\s/*:[\]@?#,;"']/.test(given) && !/^[\d.]+$/.test(given));
}

/** Define a setting that lists addresses, networks, or Express's names for some; by default the list is empty. */
export function networks(options: Help): Setting<readonly string[]> {
  return {
    ...options,
    parse: (given) => {
      const items = itemsIn(given);
      return items.every(isNetwork) ? items : undefined;
    },
    default: [],
    allowed: 'addresses or networks, or the words loopback, linklocal, uniquelocal, unix, separated by commas',
    schema: { anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }] },
  };
}

/** Define a setting that lists host names, without ports; by default the list is empty. */
export function hostNames(options: Help): Setting<readonly string[]> {
  return {
    ...options,
    parse: (given) => {
      const items = itemsIn(given);
      return items.every((item) => isHost(item) && isIP(item) === 0) ? items : undefined;
    },
    default: [],
    allowed: 'host names without ports, separated by commas',
    schema: { anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }] },
  };
}

function isNetwork(item: string): boolean {
  const [address = '', prefix = '0', ...more] = item.split('/');
  if (['loopback', 'linklocal', 'uniquelocal', 'unix'].includes(item)) return true;
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

/** Define a setting that lists ports; by default the list is empty. */
export function ports(help: Help): Setting<readonly number[]> {
  return {
    ...help,
    parse: (given) => {
      const items = itemsIn(given);
      const isSound = items.every(isPort) && new Set(items).size === items.length;
      return isSound ? items.map(Number) : undefined;
    },
    default: [],
    allowed: `different ports from 0 to ${largestPort}, separated by commas`,
    schema: {
      anyOf: [
        { type: 'array', items: { type: 'integer', minimum: 0, maximum: largestPort } },
        { type: 'string', pattern: '^[\\d, ]*$' },
      ],
    },
  };
}

function isPort(item: string): boolean {
  return /^\d{1,5}$/.test(item) && Number(item) <= largestPort;
}

/** Split a list with commas. */
function itemsIn(given: string): readonly string[] {
  return given
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
