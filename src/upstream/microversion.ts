/** A Nova microversion: major and minor as one number, so that they compare; 2.57 is 2057. */
export type Microversion = number;

const perMajor = 1000;
/** What a caller may ask for by name: over all versions. */
export const latest: Microversion = Number.POSITIVE_INFINITY;

/** The legacy semantic: what every cloud of this API has, and what is sent unless a member needs more. */
export const base = microversion('2.1');

/** The headers that name a microversion, the newer first. */
export const versionHeaders = ['openstack-api-version', 'x-openstack-nova-api-version'] as const;

/** A version from its text, such as `2.57`. */
export function microversion(text: string): Microversion {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return major * perMajor + minor;
}

/** The text of a version. */
export function versionText(version: Microversion): string {
  return version === latest ? 'latest' : `${Math.floor(version / perMajor)}.${version % perMajor}`;
}

/**
 * The version that a caller asked for, by either header; the newer header wins, as in Nova. Undefined where the caller
 * asked for none. What cannot be read is left to the cloud to refuse, and needs no conversion until then.
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
