import { dropped, type Note } from '../../upstream/note.ts';
import type { CatalogueSettings } from './catalogue-settings.ts';
import type { FoldedService, RegionUrls } from './fold-catalogue.ts';
import { otherComputeTypes, servedRegion } from './served-region.ts';

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
 * Lead the clients of a catalogue to the gateway. Compute is exactly one entry, in the region served, because clients refuse a
 * login with several; identity is in each region that is kept. Both have the gateway's URL for all interfaces, and are made
 * if the cloud has none. Everything else is unchanged, except compute of other types, which would lead around the gateway.
 * @throws {Fault} 502 if the region served is not clear
 */
export function ownCatalogue(
  services: readonly FoldedService[],
  project: string,
  settings: CatalogueSettings,
): OwnCatalogue {
  const region = servedRegion(services, settings);
  const compute = ownCompute(services, region, `${settings.computeUrl}/v2/${project}`);
  const identity = ownIdentity(services, region, `${settings.identityUrl}/v2.0`);
  const own = new Map([compute, identity].map((service) => [service.type, service]));
  const kept = services
    .filter(({ type }) => !otherComputeTypes.has(type))
    .map((service) => own.get(service.type) ?? service);
  const made = [...own.values()].filter(({ type }) => !services.some((service) => service.type === type));
  return { services: [...kept, ...made], notes: [...notesOn(services, own), ...made.map(madeNote)] };
}

function ownCompute(services: readonly FoldedService[], region: string | null, url: string): FoldedService {
  const found = services
    .filter(({ type }) => type === 'compute' || otherComputeTypes.has(type))
    .toSorted((a, b) => Number(b.type === 'compute') - Number(a.type === 'compute'))
    .flatMap(({ regions }) => regions)
    .find((endpoint) => endpoint.region === region);
  return {
    type: 'compute',
    name: computeName,
    regions: [leadingTo(url, found ?? { id: madeIds.compute, region })],
  };
}

/** Keep the endpoints of the region served; else those of other regions, where one identity service serves all. */
function ownIdentity(services: readonly FoldedService[], region: string | null, url: string): FoldedService {
  const { name = 'keystone', regions = [] } = services.find(({ type }) => type === 'identity') ?? {};
  const inRegion = regions.filter((endpoint) => endpoint.region === region);
  const kept = [inRegion, regions, [{ id: madeIds.identity, region }]].find(({ length }) => length > 0) ?? [];
  return { type: 'identity', name, regions: kept.map((endpoint) => leadingTo(url, endpoint)) };
}

function leadingTo(url: string, { id, region }: Pick<RegionUrls, 'id' | 'region'>): RegionUrls {
  return { id, region, publicURL: url, internalURL: url, adminURL: url };
}

/** List what is no longer in the catalogue: services, and endpoints of the gateway's services in other regions. */
function notesOn(services: readonly FoldedService[], own: ReadonlyMap<string, FoldedService>): Note[] {
  return services.flatMap(({ type, name, regions }) => {
    if (otherComputeTypes.has(type)) return [dropped(memberOf(type), 'it leads around the gateway')];
    const replacement = own.get(type);
    if (replacement === undefined) return [];
    const left = new Set(replacement.regions.map(({ region }) => region));
    const notes = regions
      .filter(({ region }) => !left.has(region))
      .map(({ region }) => dropped(`${memberOf(type)}.${region}`, 'the gateway serves another region'));
    return replacement.name === name
      ? [replacedNote(type), ...notes]
      : [replacedNote(type), renamedNote(type), ...notes];
  });
}

function memberOf(type: string): string {
  return `serviceCatalog.${type}`;
}

function replacedNote(type: string): Note {
  const member = memberOf(type);
  return { member, outcome: 'replaced', text: `${member} was replaced: its URLs lead to the gateway` };
}

function renamedNote(type: string): Note {
  const member = `${memberOf(type)}.name`;
  return { member, outcome: 'replaced', text: `${member} was replaced: clients look for ${computeName}` };
}

function madeNote({ type }: FoldedService): Note {
  const member = memberOf(type);
  return { member, outcome: 'mapped', text: `${member} was added: the cloud's catalogue has none` };
}
