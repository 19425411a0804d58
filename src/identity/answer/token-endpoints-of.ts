import type { Access } from '../messages/access.ts';
import type { TokenEndpoints } from '../messages/token-endpoints.ts';

/** List the endpoints of a token: those of its catalogue, one for each region. A token without a project has no list at all. */
export function tokenEndpointsOf({ token, serviceCatalog }: Access): TokenEndpoints {
  if (token.tenant === undefined) return {};
  const endpoints = serviceCatalog.flatMap(({ type, name, endpoints: regions = [] }) =>
    regions.map(({ id, region, publicURL, adminURL = null, internalURL = null }) => ({
      ...(name !== undefined && { name }),
      adminURL,
      ...(region !== undefined && { region }),
      internalURL,
      ...(type !== undefined && { type }),
      ...(id !== undefined && { id }),
      ...(publicURL !== undefined && { publicURL }),
    })),
  );
  return { endpoints_links: [], endpoints };
}
