import type { Access, CatalogueService } from '../messages/access.ts';
import type { AuthAnswer } from '../messages/auth-answer.ts';

/** The services whose header fields have a name of their own: compute, object storage, and its distribution. */
const named = [
  { type: 'compute', name: 'nova', field: 'X-Server-Management-Url', product: 'cloudServers' },
  { type: 'object-store', name: 'swift', field: 'X-Storage-Url', product: 'cloudFiles' },
  { type: 'rax:object-cdn', name: 'cdn', field: 'X-CDN-Management-Url', product: 'cloudFilesCDN' },
] as const;

/** The most characters of the header fields for services: some clients read no more than 16 KiB of header fields. */
const mostInHeader = 4096;

/**
 * List the header fields of the answer to a login by header fields: the token, and one URL for each service. A URL that is no
 * URI is left out, because clients read every field whose name ends in `-Url` as one;
 * and so is one for which there is no room.
 * @param computeUrl the URL of the gateway's compute API in the version of the request, with the project
 */
export function headerAnswer({ token, serviceCatalog }: Access, computeUrl?: string): [name: string, value: string][] {
  const fields = new Map<string, string>();
  let room = mostInHeader;
  for (const service of serviceCatalog.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const url = urlOf(service);
    const field = fieldOf(service);
    if (url === undefined || field === undefined || fields.has(field)) continue;
    room -= field.length + url.length;
    if (room >= 0) fields.set(field, url);
  }
  if (computeUrl !== undefined) fields.set(named[0].field, computeUrl);
  return [...fields, ['X-Auth-Token', token.id]];
}

/** Make the answer of POST /v1.1/auth. @param computeUrl as in {@link headerAnswer} */
export function authAnswer({ token, serviceCatalog }: Access, computeUrl: string): AuthAnswer {
  const others = serviceCatalog.flatMap((service) => {
    const url = urlOf(service);
    const product = productOf(service)?.product;
    return url === undefined || product === undefined ? [] : [[product, [{ publicURL: url }]] as const];
  });
  return {
    token: { expires: token.expires, id: token.id },
    serviceCatalog: { ...Object.fromEntries(others), [named[0].product]: [{ publicURL: computeUrl }] },
  };
}

/** Rank the services whose fields clients read before all others. */
function rankOf(service: CatalogueService): 0 | 1 {
  return productOf(service) === undefined ? 1 : 0;
}

function productOf({ type, name }: CatalogueService): (typeof named)[number] | undefined {
  return named.find((one) => (type === undefined || type === null ? one.name === name : one.type === type));
}

function fieldOf(service: CatalogueService): string | undefined {
  const known = productOf(service);
  if (known !== undefined) return known.field;
  const name = (service.name ?? '').toUpperCase();
  return /^[A-Z0-9_-]{1,64}$/.test(name) ? `X-${name}` : undefined;
}

function urlOf({ endpoints = [] }: CatalogueService): string | undefined {
  return endpoints.map(({ publicURL }) => publicURL).find((url) => typeof url === 'string' && isUri(url)) ?? undefined;
}

/** Check for a URI that a header field can hold. */
function isUri(url: string): boolean {
  return /^[!-~]+$/.test(url) && URL.canParse(url);
}
