import type { CatalogueEndpoint, CatalogueService } from '../messages/access.ts';
import type { V3Endpoint, V3Service } from './v3-token.ts';

/** The members of an endpoint by the interface of v3. */
const urlMembers = { public: 'publicURL', internal: 'internalURL', admin: 'adminURL' } as const;

/** The URLs of a service in one region, and the id of the first endpoint there. */
export interface RegionUrls {
  readonly id: string | null;
  readonly region: string | null;
  readonly publicURL: string;
  readonly internalURL?: string | undefined;
  readonly adminURL?: string | undefined;
}

/** A service with its endpoints by region. */
export interface FoldedService {
  readonly type: string;
  readonly name: string;
  readonly regions: readonly RegionUrls[];
  /** True if the cloud has several URLs for one interface and region, of which the last is left. */
  readonly isMerged?: boolean;
}

type Urls = Partial<Record<(typeof urlMembers)[keyof typeof urlMembers], string>>;

/**
 * Fold v3's catalogue by the rules of legacy Keystone: one service for each type, with the name of the first; one endpoint for
 * each region of it, with the id of the first; of several URLs of one interface the last counts; an endpoint without a
 * public URL has an empty one. Services without endpoints are left out.
 */
export function foldCatalogue(catalog: readonly V3Service[]): readonly FoldedService[] {
  const services = new Map<string, FoldingService>();
  for (const { type, name, endpoints } of catalog) {
    for (const endpoint of endpoints) {
      const service = services.get(type) ?? { name, regions: new Map<string | null, FoldingUrls>(), isMerged: false };
      services.set(type, service);
      addUrl(service, endpoint);
    }
  }
  return [...services].map(([type, { name, regions, isMerged }]) => ({
    type,
    name,
    regions: [...regions.values()].map(({ id, region, urls }) => ({ id, region, publicURL: '', ...urls })),
    isMerged,
  }));
}

/** A service whose endpoints are being folded. */
interface FoldingService {
  readonly name: string;
  readonly regions: Map<string | null, FoldingUrls>;
  isMerged: boolean;
}

interface FoldingUrls {
  readonly id: string | null;
  readonly region: string | null;
  readonly urls: Urls;
}

function addUrl(service: FoldingService, { id, region, interface: face, url }: V3Endpoint): void {
  const known = service.regions.get(region) ?? { id, region, urls: {} };
  service.regions.set(region, known);
  if (!isInterface(face)) return;
  const member = urlMembers[face];
  service.isMerged ||= known.urls[member] !== undefined;
  known.urls[member] = url;
}

function isInterface(face: string): face is keyof typeof urlMembers {
  return Object.hasOwn(urlMembers, face);
}

/** Make the services of a document, with the members in the order in which legacy Keystone printed them as JSON. */
export function catalogueServices(services: readonly FoldedService[]): CatalogueService[] {
  return services.map(({ type, name, regions }) => ({
    endpoints: regions.map(catalogueEndpoint),
    endpoints_links: [],
    type,
    name,
  }));
}

/** Order the members as Python's dict did: `id` changes its place where there is a public URL only. */
function catalogueEndpoint({ id, region, publicURL, internalURL, adminURL }: RegionUrls): CatalogueEndpoint {
  if (internalURL === undefined && adminURL === undefined) return { region, publicURL, id };
  return {
    ...(adminURL !== undefined && { adminURL }),
    region,
    ...(internalURL !== undefined && { internalURL }),
    id,
    publicURL,
  };
}
