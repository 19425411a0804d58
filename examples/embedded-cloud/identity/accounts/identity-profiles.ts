import type { CloudKind } from '../../state/cloud-profiles.ts';
import type { DomainRecord, RoleRecord } from './account-records.ts';
import { seedId } from './account-seed.ts';

/** A service of the catalogue; `url` returns its address for a project. */
export interface CatalogService {
  readonly type: string;
  readonly name: string;
  readonly region: string;
  readonly url: (origins: ServiceOrigins, project: string) => string;
}

/** The origins of the services that are in the catalogue. */
export interface ServiceOrigins {
  readonly compute: string;
  readonly identity: string;
  readonly image: string;
}

/** The differences between Keystone and IAM, so that no other code depends on the kind. */
export interface IdentityProfile {
  /** The version that the version documents name. */
  readonly version: string;
  /** The only domain. */
  readonly domain: DomainRecord;
  /** The roles that a user has in each of its projects. */
  readonly roles: readonly RoleRecord[];
  /** The form of tokens: Fernet's, which has less than 255 characters, or a signed document of several KB. */
  readonly tokenForm: 'fernet' | 'signed';
  /** True if a user's domain counts by its name only. */
  readonly namesUserDomain: boolean;
  /** True if a project's name goes without a domain, which is then that of the user. */
  readonly impliesProjectDomain: boolean;
  /** True if a project beside a domain counts, instead of being refused. */
  readonly prefersProject: boolean;
  /** True if each user has the roles in the domain, too. */
  readonly hasDomainRoles: boolean;
  /** The scope that a login gets if it asks for none. */
  readonly withoutScope: 'default project' | 'domain';
  /** True if tokens show audit ids and `is_domain`. */
  readonly showsAudit: boolean;
  /** Tests if the value of the query parameter `nocatalog` leaves the catalogue out. */
  readonly leavesOutCatalog: (value: string) => boolean;
  readonly interfaces: readonly string[];
  readonly catalog: readonly CatalogService[];
}

const KEYSTONE_REGION = 'RegionOne';
const IAM_REGION = 'eu-de';

/** The identity services by kind: Keystone 22, and IAM as the API reference of Open Telekom Cloud describes it. */
export const IDENTITY_PROFILES: Readonly<Record<CloudKind, IdentityProfile>> = {
  nova: {
    version: 'v3.14',
    domain: { id: 'default', name: 'Default' },
    roles: ['member', 'reader'].map((name) => ({ id: seedId(`role/${name}`), name })),
    tokenForm: 'fernet',
    namesUserDomain: false,
    impliesProjectDomain: false,
    prefersProject: false,
    hasDomainRoles: false,
    withoutScope: 'default project',
    showsAudit: true,
    leavesOutCatalog: () => true,
    interfaces: ['public', 'internal', 'admin'],
    catalog: [
      { type: 'identity', name: 'keystone', region: KEYSTONE_REGION, url: ({ identity }) => `${identity}/v3` },
      { type: 'compute', name: 'nova', region: KEYSTONE_REGION, url: computeUrl },
      { type: 'image', name: 'glance', region: KEYSTONE_REGION, url: ({ image }) => image },
    ],
  },
  ecs: {
    version: 'v3.6',
    domain: { id: seedId('domain/demo-account'), name: 'demo-account' },
    roles: ['te_admin', 'secu_admin', 'op_gated_eip_ipv6'].map((name) => ({ id: '0', name })),
    tokenForm: 'signed',
    namesUserDomain: true,
    impliesProjectDomain: true,
    prefersProject: true,
    hasDomainRoles: true,
    withoutScope: 'domain',
    showsAudit: false,
    leavesOutCatalog: (value) => value !== '',
    interfaces: ['public'],
    catalog: [
      { type: 'identity', name: 'iam', region: '*', url: ({ identity }) => `${identity}/v3` },
      { type: 'compute', name: 'nova', region: IAM_REGION, url: computeUrl },
      { type: 'ecs', name: 'ecs', region: IAM_REGION, url: ({ compute }, project) => `${compute}/v1/${project}` },
      { type: 'image', name: 'glance', region: IAM_REGION, url: ({ image }) => image },
    ],
  },
};

function computeUrl({ compute }: ServiceOrigins, project: string): string {
  return `${compute}/v2.1/${project}`;
}
