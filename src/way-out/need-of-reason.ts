import { needReasons } from '../need-reasons.ts';

/** Return the name of a reason without its member: `spelling` of `spelling:accessIPv4`. */
export function nameOfReason(reason: string): string {
  const colon = reason.indexOf(':');
  return colon === -1 ? reason : reason.slice(0, colon);
}

/**
 * Check that calls with a reason fail without the gateway. One that this version does not know was counted by a later version,
 * and may break: so it counts as breaking.
 */
export function isBreaking(reason: string): boolean {
  const known: Readonly<Record<string, { readonly breaks: boolean }>> = needReasons;
  const name = nameOfReason(reason);
  return !Object.hasOwn(known, name) || known[name]?.breaks !== false;
}
