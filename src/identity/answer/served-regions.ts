import { unclearRegion } from '../faults/refusals.ts';
import type { CatalogueSettings } from './catalogue-settings.ts';
import type { FoldedService, RegionUrls } from './fold-catalogue.ts';

/** The types of compute that lead around the gateway to a cloud's own API; a legacy client cannot speak it. */
export const otherComputeTypes: ReadonlySet<string> = new Set(['computev21', 'computev3', 'compute_legacy']);

/** A region that clients find in the catalogue; null is one without a name. */
export interface ServedRegion {
  readonly region: string | null;
  readonly computeUrl: string;
}

/** The region that a cloud writes for a service of all regions. */
const anyRegion = '*';

/**
 * List the regions that the catalogue leads to: of a gateway in front of several those in which the cloud has compute, or all
 * if the catalogue has none of them; else the one region served.
 * @throws {Fault} 502 if it is not clear which one
 */
export function servedRegions(
  services: readonly FoldedService[],
  settings: CatalogueSettings,
): readonly ServedRegion[] {
  const { regions = [], computeUrl } = settings;
  if (regions.length === 0) return [{ region: soleRegion(services, settings), computeUrl }];
  const known = new Set(computeOf(services).map(({ region }) => region));
  const found = regions.filter(({ region }) => known.has(region));
  return found.length > 0 ? found : regions;
}

/** List the endpoints of compute of any type, those of the type that clients look for first. */
export function computeOf(services: readonly FoldedService[]): readonly RegionUrls[] {
  return [
    ...endpointsOf(services, (type) => type === 'compute'),
    ...endpointsOf(services, (type) => otherComputeTypes.has(type)),
  ];
}

/**
 * Find the region served: that of the settings; else the one whose compute URL has the host of the compute API behind the
 * gateway; else the only one with compute. Without any compute, the other services show the region, if all are in one.
 */
function soleRegion(
  services: readonly FoldedService[],
  { region, upstreamHost }: Pick<CatalogueSettings, 'region' | 'upstreamHost'>,
): string | null {
  if (region !== undefined) return region;
  const behind = only(computeOf(services).filter((endpoint) => leadsTo(endpoint, upstreamHost)));
  if (behind !== undefined) return behind;
  const candidates = [
    endpointsOf(services, (type) => type === 'compute'),
    endpointsOf(services, (type) => otherComputeTypes.has(type)),
    endpointsOf(services, () => true).filter(({ region: name }) => name !== null && name !== anyRegion),
  ].find(({ length }) => length > 0);
  if (candidates === undefined) return null;
  const sole = only(candidates);
  if (sole === undefined) throw unclearRegion();
  return sole;
}

function endpointsOf(services: readonly FoldedService[], isWanted: (type: string) => boolean): readonly RegionUrls[] {
  return services.filter(({ type }) => isWanted(type)).flatMap(({ regions }) => regions);
}

function leadsTo({ publicURL, internalURL, adminURL }: RegionUrls, host: string | undefined): boolean {
  return host !== undefined && [publicURL, internalURL, adminURL].some((url) => hostOf(url) === host);
}

/** Return the region of all endpoints, which may be null; undefined for several, and for none. */
function only(endpoints: readonly RegionUrls[]): string | null | undefined {
  const names = new Set(endpoints.map(({ region }) => region));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).host;
}
