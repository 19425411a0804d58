import { isIP } from 'node:net';

/**
 * Check that the Host of a request is one by which the admin port is meant: an address, localhost, or a name of the settings.
 * A page of another site can let its own name lead to this machine (DNS rebinding), and its scripts could then read what a
 * browser with a client certificate may see; that name gives it away.
 * @param names names besides localhost
 */
export function isOwnHost(host: string | undefined, names: readonly string[]): boolean {
  const [, bracketed, plain = ''] = /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/i.exec(host ?? '') ?? [];
  if (isIP(bracketed ?? plain) !== 0) return true;
  const name = plain.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || names.some((own) => own.toLowerCase() === name);
}
