import type { IdentityExchange } from './identity-exchange.ts';

/** Read a parameter of the query; undefined for none. Of several the last counts, as in legacy Keystone. */
export function queryOf({ exchange }: IdentityExchange, name: string): string | undefined {
  const { url } = exchange.request;
  const mark = url.indexOf('?');
  return mark === -1 ? undefined : new URLSearchParams(url.slice(mark)).getAll(name).at(-1);
}
