import type { IdentityState } from '../accounts/identity-state.ts';
import { seedId } from '../accounts/account-seed.ts';

/** List the services with their endpoints for a project, one for each interface of the cloud. */
export function catalogFor({ profile, origins }: IdentityState, project: string): readonly unknown[] {
  return profile.catalog.map(({ type, name, region, url }) => ({
    endpoints: profile.interfaces.map((face) => ({
      id: seedId(`endpoint/${type}/${face}`),
      interface: face,
      region_id: region,
      url: url(origins, project),
      region,
    })),
    id: seedId(`service/${type}`),
    type,
    name,
  }));
}
