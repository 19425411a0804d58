import { unclearRegion } from '../faults/refusals.ts';
import type { CatalogueSettings } from './catalogue-settings.ts';
import type { FoldedService } from './fold-catalogue.ts';

/** The types of compute that lead around the gateway to a cloud's own API; a legacy client cannot speak it. */
export const otherComputeTypes: ReadonlySet<string> = new Set(['computev21', 'computev3', 'compute_legacy']);

/** The region that a cloud writes for a service of all regions. */
const anyRegion = '*';

/**
 * Find the region that the gateway serves: that of the settings; else the one whose compute URL has the host of the compute
 * API behind the gateway; else the only one with compute. Null is a region without a name. Without any compute, the other
 * services show the region, if all of them are in one.
 * @throws {Fault} 502 if several regions remain
 */
export function servedRegion(
  services: readonly FoldedService[],
  { region, upstreamHost }: Pick<CatalogueSettings, 'region' | 'upstreamHost'>,
): string | null {
  if (region !== undefined) return region;
  const ofType = (isWanted: (type: string) => boolean): FoldedService['regions'] =>
    services.filter(({ type }) => isWanted(type)).flatMap(({ regions }) => regions);
  const compute = ofType((type) => type === 'compute');
  const otherCompute = ofType((type) => otherComputeTypes.has(type));
  const behind = only(
    [...compute, ...otherCompute].filter(
      ({ publicURL, internalURL, adminURL }) =>
        upstreamHost !== undefined && [publicURL, internalURL, adminURL].some((url) => hostOf(url) === upstreamHost),
    ),
  );
  if (behind !== undefined) return behind;
  const others = ofType(() => true).filter(({ region: name }) => name !== null && name !== anyRegion);
  const candidates = [compute, otherCompute, others].find(({ length }) => length > 0);
  if (candidates === undefined) return null;
  const sole = only(candidates);
  if (sole === undefined) throw unclearRegion();
  return sole;
}

/** Return the region of all endpoints, which may be null; undefined for several, and for none. */
function only(endpoints: FoldedService['regions']): string | null | undefined {
  const names = new Set(endpoints.map(({ region }) => region));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).host;
}
