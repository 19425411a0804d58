import { dropped, type Note } from '../../upstream/note.ts';
import type { CatalogueSettings } from './catalogue-settings.ts';
import type { FoldedService, RegionUrls } from './fold-catalogue.ts';
import { computeOf, otherComputeTypes, servedRegions, type ServedRegion } from './served-regions.ts';

/** A catalogue whose compute and identity lead to the gateway, and the notes on what is no longer in it. */
export interface OwnCatalogue {
  readonly services: readonly FoldedService[];
  readonly notes: readonly Note[];
}

/** The name of the compute service by which clients look for it; some find none with another name. */
const computeName = 'nova';
/** The ids of entries that the cloud's catalogue lacks. */
const madeIds = { compute: 'gateway-compute', identity: 'gateway-identity' } as const;

/**
 * Lead the clients of a catalogue to the gateway. Compute has one entry for each region served, which is one: clients refuse a
 * login with several. Identity is in each of them. Both have the gateway's URL for all interfaces, and are made if the
 * cloud has none. Everything else is unchanged, except compute of other types, which would lead around the gateway.
 * @throws {Fault} 502 if the region served is not clear
 */
export function ownCatalogue(
  services: readonly FoldedService[],
  project: string,
  settings: CatalogueSettings,
): OwnCatalogue {
  const served = servedRegions(services, settings);
  const own = [
    ownCompute(services, served, project),
    ownIdentity(services, served, `${settings.identityUrl}/v2.0`),
  ] as const;
  const byType = new Map(own.map((service) => [service.type, service]));
  const kept = services
    .filter(({ type }) => !otherComputeTypes.has(type))
    .map((service) => byType.get(service.type) ?? service);
  const made = own.filter(({ type }) => !services.some((service) => service.type === type));
  return { services: [...kept, ...made], notes: notesOn(services, byType) };
}

function ownCompute(
  services: readonly FoldedService[],
  served: readonly ServedRegion[],
  project: string,
): FoldedService {
  const known = computeOf(services);
  const regions = served.map(({ region, computeUrl }) => {
    const found = known.find((endpoint) => endpoint.region === region);
    return leadingTo(`${computeUrl}/v2/${project}`, found ?? { id: madeIds.compute, region });
  });
  return { type: 'compute', name: computeName, regions };
}

/** Keep the endpoints of the regions served; else those of other regions, where one identity service serves all. */
function ownIdentity(services: readonly FoldedService[], served: readonly ServedRegion[], url: string): FoldedService {
  const { name = 'keystone', regions = [] } = services.find(({ type }) => type === 'identity') ?? {};
  const names = new Set(served.map(({ region }) => region));
  const here = regions.filter(({ region }) => names.has(region));
  const made = served.map(({ region }) => ({ id: madeIds.identity, region }));
  const kept = [here, regions, made].find(({ length }) => length > 0) ?? [];
  return { type: 'identity', name, regions: kept.map((endpoint) => leadingTo(url, endpoint)) };
}

function leadingTo(url: string, { id, region }: Pick<RegionUrls, 'id' | 'region'>): RegionUrls {
  return { id, region, publicURL: url, internalURL: url, adminURL: url };
}

/** List what is no longer in the catalogue, in a number of notes that does not depend on the cloud. */
function notesOn(services: readonly FoldedService[], own: ReadonlyMap<string, FoldedService>): Note[] {
  const others = services.filter(({ type }) => !own.has(type));
  return [
    ...[...own.values()].flatMap((service) => notesOnOwn(service, services)),
    ...others
      .filter(({ type }) => otherComputeTypes.has(type))
      .map(({ type }) => dropped(memberOf(type), 'it leads around the gateway')),
    ...(others.some(({ isMerged }) => isMerged === true)
      ? [
          dropped(
            'serviceCatalog.endpoints',
            'Identity v2.0 has one URL for each region and interface; the last counts',
          ),
        ]
      : []),
  ];
}

function notesOnOwn({ type, name, regions }: FoldedService, services: readonly FoldedService[]): Note[] {
  const member = memberOf(type);
  const given = services.find((service) => service.type === type);
  if (given === undefined) {
    return [{ member, outcome: 'mapped', text: `${member} was added: the cloud's catalogue has none` }];
  }
  const left = new Set(regions.map(({ region }) => region));
  return [
    { member, outcome: 'replaced', text: `${member} was replaced: its URLs lead to the gateway` },
    ...(name === given.name ? [] : [renamed(`${member}.name`)]),
    ...(given.regions.every(({ region }) => left.has(region))
      ? []
      : [dropped(`${member}.regions`, 'the gateway serves another region')]),
  ];
}

function renamed(member: string): Note {
  return { member, outcome: 'replaced', text: `${member} was replaced: clients look for ${computeName}` };
}

function memberOf(type: string): string {
  return `serviceCatalog.${type}`;
}
