/** A Nova microversion as one number, so that versions can be compared: 2.57 is 2057. */
export type Microversion = number;

const perMajor = 1000;
/** The version `latest`, which is higher than all others. */
export const latest: Microversion = Number.POSITIVE_INFINITY;

/** The microversion with the semantics of the legacy API. Every cloud supports it; requests use it unless a member needs a later one. */
export const base = microversion('2.1');

/** The header fields that name a microversion, the newer first. */
export const versionHeaders = ['openstack-api-version', 'x-openstack-nova-api-version'] as const;

/** Parse a version such as `2.57`. */
export function microversion(text: string): Microversion {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return major * perMajor + minor;
}

/** Format a version as text, such as `2.57` or `latest`. */
export function versionText(version: Microversion): string {
  return version === latest ? 'latest' : `${Math.floor(version / perMajor)}.${version % perMajor}`;
}

/**
 * Read the microversion that a caller asked for. The newer header field wins, as in Nova.
 * @param newer the value of OpenStack-API-Version
 * @param older the value of X-OpenStack-Nova-API-Version
 * @returns undefined if the caller asked for none; `latest` for a malformed version, which the cloud will refuse
 */
export function requestedVersion(newer: string | undefined, older: string | undefined): Microversion | undefined {
  const compute = newer
    ?.split(',')
    .map((entry) => entry.trim().split(/\s+/))
    .find(([service]) => service?.toLowerCase() === 'compute')?.[1];
  const text = compute ?? (older === undefined ? undefined : older.trim());
  if (text === undefined) return undefined;
  if (text.toLowerCase() === 'latest') return latest;
  return /^\d+\.\d+$/.test(text) ? microversion(text) : latest;
}
