import type { CheckedConfig } from '../settings.ts';
import type { RegionSettings } from '../settings/regions/regions.ts';

/**
 * Make the configuration of each further region: that of the gateway with the region's cloud as its upstream. The region has its
 * own URL, profile and TLS; its authorities and oldest version of TLS are those of the cloud unless it has its own. A client
 * certificate, a server name and `verify: off` of another cloud would be wrong for it.
 */
export function regionalConfigs<C extends CheckedConfig>(config: C): ReadonlyMap<string, C> {
  return new Map(Object.entries(config.regions).map(([name, region]) => [name, withUpstream(config, region)]));
}

function withUpstream<C extends CheckedConfig>(config: C, { url, profile, tls }: RegionSettings): C {
  const { upstream } = config;
  const caFile = tls.caFile === '' ? upstream.tls.caFile : tls.caFile;
  // The first word is the default, so that the stricter of both counts.
  const minVersion = tls.minVersion === 'TLSv1.2' ? upstream.tls.minVersion : tls.minVersion;
  return { ...config, upstream: { ...upstream, url, profile, tls: { ...tls, caFile, minVersion } } };
}

/** Replace the settings of the cloud in a message by those of a region. */
export function withRegionalNames(message: string, region: string): string {
  return message.replace(/\bupstream\.(?=url\b|profile\b|tls\b)/g, `regions.${region}.`);
}

/** List the further regions for the log, if there are any. */
export function shownRegions({ regions }: Pick<CheckedConfig, 'regions'>): { readonly regions?: readonly string[] } {
  const names = Object.keys(regions);
  return names.length === 0 ? {} : { regions: names };
}
