import { answerAction } from './actions/action.ts';
import { answerRemoteConsole } from './actions/consoles.ts';
import { type Call, refuseForeignProject, notFound } from './call/call.ts';
import {
  answerExtraSpec,
  answerExtraSpecs,
  answerFlavor,
  answerFlavorAccess,
  answerFlavors,
  answerFlavorsDetail,
} from './flavors/flavors.ts';
import type { Answer } from './http/answer.ts';
import { CloudFault } from './http/cloud-fault.ts';
import { answerDeleteImage, answerImage, answerImages, answerImagesDetail } from './images/images.ts';
import { answerCreateKeyPair, answerDeleteKeyPair, answerKeyPair, answerKeyPairs } from './keypairs/keypairs.ts';
import { IMAGE_METADATA, SERVER_METADATA, type MetadataOwner } from './metadata/metadata-owner.ts';
import {
  answerAddMetadata,
  answerDeleteMetadataItem,
  answerMetadata,
  answerMetadataItem,
  answerReplaceMetadata,
  answerSetMetadataItem,
} from './metadata/metadata.ts';
import { answerExtension, answerExtensions } from './project/extensions.ts';
import { answerLimits, answerQuotaSet } from './project/limits.ts';
import { answerEmptyList, answerInterfaces, answerNetworks, answerTenantNetworks } from './project/networks.ts';
import { GONE_PATHS, POLICIES } from './project/refused-paths.ts';
import {
  answerAvailabilityZones,
  answerSecurityGroups,
  answerServerSecurityGroups,
} from './project/zones-and-groups.ts';
import { answerAddresses, answerNetworkAddresses } from './servers/addresses.ts';
import { answerCreateServer } from './servers/create-server.ts';
import { answerDeleteServer } from './servers/delete-server.ts';
import { answerInstanceAction, answerInstanceActions } from './servers/instance-actions.ts';
import { answerServers, answerServersDetail } from './servers/list-servers.ts';
import { refuseThrottled } from './checks/refuse-throttled.ts';
import { answerShow } from './servers/server-answer.ts';
import { answerServerPassword, answerVolumeAttachments } from './servers/server-parts.ts';
import { answerUpdateServer } from './servers/update-server.ts';

/** A route of the API below the project. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  answer(call: Call): Answer;
}

/** The last microversions 2.x with the paths that moved to other services. */
const PROXIES_UNTIL = 35;
const IMAGE_METADATA_UNTIL = 38;

/** The routes, the first of which that fits counts. */
export const ROUTES: readonly Route[] = [
  route('GET servers', answerServers),
  route('POST servers', answerCreateServer),
  route('GET servers/detail', answerServersDetail),
  route('GET servers/{server}', answerShow),
  route('PUT servers/{server}', answerUpdateServer),
  route('DELETE servers/{server}', answerDeleteServer),
  route('POST os-volumes_boot', answerCreateServer),
  ...metadataRoutes('servers/{server}', SERVER_METADATA, Number.POSITIVE_INFINITY),
  route('GET servers/{server}/ips', answerAddresses),
  route('GET servers/{server}/ips/{network}', answerNetworkAddresses),
  route('GET servers/{server}/os-security-groups', answerServerSecurityGroups),
  route('GET servers/{server}/os-volume_attachments', answerVolumeAttachments),
  route('GET servers/{server}/os-server-password', answerServerPassword),
  route('GET servers/{server}/os-instance-actions', answerInstanceActions),
  route('GET servers/{server}/os-instance-actions/{request}', answerInstanceAction),
  route('GET servers/{server}/os-interface', answerInterfaces),
  route('POST servers/{server}/remote-consoles', answerRemoteConsole),
  route('GET images', answerImages, PROXIES_UNTIL),
  route('GET images/detail', answerImagesDetail, PROXIES_UNTIL),
  route('GET images/{image}', answerImage, PROXIES_UNTIL),
  route('DELETE images/{image}', answerDeleteImage, PROXIES_UNTIL),
  ...metadataRoutes('images/{image}', IMAGE_METADATA, IMAGE_METADATA_UNTIL),
  route('GET flavors', answerFlavors),
  route('GET flavors/detail', answerFlavorsDetail),
  route('GET flavors/{flavor}', answerFlavor),
  route('GET flavors/{flavor}/os-extra_specs', answerExtraSpecs),
  route('GET flavors/{flavor}/os-extra_specs/{key}', answerExtraSpec),
  route('GET flavors/{flavor}/os-flavor-access', answerFlavorAccess),
  route('GET os-keypairs', answerKeyPairs),
  route('POST os-keypairs', answerCreateKeyPair),
  route('GET os-keypairs/{keypair}', answerKeyPair),
  route('DELETE os-keypairs/{keypair}', answerDeleteKeyPair),
  route('GET limits', answerLimits),
  route('GET extensions', answerExtensions),
  route('GET extensions/{alias}', answerExtension),
  route('GET os-availability-zone', answerAvailabilityZones),
  route('GET os-security-groups', answerSecurityGroups, PROXIES_UNTIL),
  route('GET os-networks', answerNetworks, PROXIES_UNTIL),
  route('GET os-tenant-networks', answerTenantNetworks, PROXIES_UNTIL),
  route('GET os-floating-ips', () => answerEmptyList('floating_ips'), PROXIES_UNTIL),
  route('GET os-floating-ip-pools', () => answerEmptyList('floating_ip_pools'), PROXIES_UNTIL),
  route('GET os-server-groups', () => answerEmptyList('server_groups')),
  route('GET os-quota-sets/{owner}', answerQuotaSet),
  route('GET os-quota-sets/{owner}/defaults', answerQuotaSet),
  ...POLICIES.map(([path, policy]) =>
    refusing(path, 403, `Policy doesn't allow os_compute_api:${policy} to be performed.`),
  ),
  ...GONE_PATHS.map((path) =>
    refusing(path, 410, 'This resource is no longer available. No forwarding address is given.'),
  ),
  // An action is refused by its name before the project is, so this route checks the project itself.
  { method: 'POST', pattern: patternOf('servers/{server}/action'), answer: answerAction },
];

/** Describe a route as `METHOD path`, with names of parameters in braces, and the last microversion that has it. */
function route(description: string, answer: Route['answer'], until = Number.POSITIVE_INFINITY): Route {
  const [method = '', path = ''] = description.split(' ');
  return {
    method,
    pattern: patternOf(path),
    answer: (call) => {
      if (call.scope.minor > until) throw notFound();
      refuseForeignProject(call);
      refuseThrottled(call);
      return answer(call);
    },
  };
}

function metadataRoutes(owner: string, kind: MetadataOwner, until: number): readonly Route[] {
  return [
    route(`GET ${owner}/metadata`, (call) => answerMetadata(call, kind), until),
    route(`POST ${owner}/metadata`, (call) => answerAddMetadata(call, kind), until),
    route(`PUT ${owner}/metadata`, (call) => answerReplaceMetadata(call, kind), until),
    route(`GET ${owner}/metadata/{key}`, (call) => answerMetadataItem(call, kind), until),
    route(`PUT ${owner}/metadata/{key}`, (call) => answerSetMetadataItem(call, kind), until),
    route(`DELETE ${owner}/metadata/{key}`, (call) => answerDeleteMetadataItem(call, kind), until),
  ];
}

function refusing(path: string, status: number, message: string): Route {
  return route(`GET ${path}`, () => {
    throw new CloudFault(status, message);
  });
}

/** Compile a path; the project before it may be left out, as since microversion 2.18. */
function patternOf(path: string): RegExp {
  const named = path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^(?:/(?<project>[0-9a-f-]+))?/${named}$`);
}
