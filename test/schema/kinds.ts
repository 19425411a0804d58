import {
  attribute,
  boolean,
  datetime,
  decimal,
  dict,
  entry,
  integer,
  list,
  named,
  record,
  string,
} from '../../src/schema/words.ts';

/** Small descriptions for tests, one for each kind and option. */

export const number = record({ n: attribute(decimal()) });
export const whole = record({ n: attribute(integer()) });
export const time = record({ at: attribute(datetime()) });
export const timeWithOffset = record({ at: attribute(datetime({ withOffset: true })) });
export const meta = entry(string(), { key: 'key' });
export const hosts = list(entry(list(string(), { tag: 'host' }), { key: 'zone' }), { tag: 'hosts' });
export const specs = named(string());
export const hints = named(string(), { repeats: true });
export const wrapped = list(record({ id: attribute(string()) }), { tag: 'item', wrapped: 'thing' });
export const limits = dict(integer(), { tag: 'limit', key: 'name', valueIn: 'value' });
export const services = dict(boolean(), { tag: 'service', key: 'name', inside: 'available' });
export const zones = dict(list(integer(), { tag: 'n' }), { tag: 'zone', key: 'name', inside: 'all' });
