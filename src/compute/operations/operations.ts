import type { Operation } from '../operation.ts';
import { answeringActions, coreActions, lifecycleActions, networkActions } from './actions.ts';
import * as addresses from './addresses.ts';
import * as agents from './agents.ts';
import * as aggregates from './aggregates.ts';
import * as assistedSnapshots from './assisted-snapshots.ts';
import * as availabilityZones from './availability-zones.ts';
import * as baremetalNodes from './baremetal-nodes.ts';
import * as consoleTokens from './console-tokens.ts';
import * as diagnostics from './diagnostics.ts';
import * as extensions from './extensions.ts';
import * as externalEvents from './external-events.ts';
import * as flavorAccess from './flavor-access.ts';
import * as flavors from './flavors.ts';
import * as floatingIps from './floating-ips.ts';
import * as hosts from './hosts.ts';
import * as hypervisors from './hypervisors.ts';
import * as images from './images.ts';
import * as instanceActions from './instance-actions.ts';
import * as interfaces from './interfaces.ts';
import * as keypairs from './keypairs.ts';
import * as limits from './limits.ts';
import { imageMetadata, serverMetadata } from './metadata.ts';
import * as migrations from './migrations.ts';
import * as networks from './networks.ts';
import * as quotaSets from './quota-sets.ts';
import { rebuild } from './rebuild.ts';
import * as securityGroups from './security-groups.ts';
import * as serverGroups from './server-groups.ts';
import * as serverPassword from './server-password.ts';
import * as servers from './servers.ts';
import * as services from './services.ts';
import * as tenantNetworks from './tenant-networks.ts';
import * as tenantUsage from './tenant-usage.ts';
import * as usageAudit from './usage-audit.ts';
import * as versions from './versions.ts';
import * as volumeAttachments from './volume-attachments.ts';
import * as volumes from './volumes.ts';

/** Every operation that is translated; requests for anything else are forwarded unchanged. */
export const operations = [
  versions.listVersions,
  versions.showVersion,
  rebuild,
  servers.listServers,
  servers.listServersDetail,
  servers.showServer,
  servers.createServer,
  servers.bootFromVolume,
  servers.updateServer,
  servers.deleteServer,
  ...coreActions,
  ...lifecycleActions,
  ...answeringActions,
  ...networkActions,
  ...serverMetadata,
  addresses.listAddresses,
  addresses.showAddresses,
  images.listImages,
  images.listImagesDetail,
  images.showImage,
  images.deleteImage,
  ...imageMetadata,
  flavors.listFlavors,
  flavors.listFlavorsDetail,
  flavors.showFlavor,
  flavors.createFlavor,
  flavors.deleteFlavor,
  flavors.listExtraSpecs,
  flavors.createExtraSpecs,
  flavors.showExtraSpec,
  flavors.updateExtraSpec,
  flavors.deleteExtraSpec,
  limits.showLimits,
  extensions.listExtensions,
  extensions.showExtension,
  keypairs.listKeypairs,
  keypairs.showKeypair,
  keypairs.createKeypair,
  keypairs.deleteKeypair,
  securityGroups.listSecurityGroups,
  securityGroups.listServerSecurityGroups,
  securityGroups.showSecurityGroup,
  securityGroups.createSecurityGroup,
  securityGroups.updateSecurityGroup,
  securityGroups.deleteSecurityGroup,
  securityGroups.createSecurityGroupRule,
  securityGroups.deleteSecurityGroupRule,
  floatingIps.listFloatingIps,
  floatingIps.showFloatingIp,
  floatingIps.createFloatingIp,
  floatingIps.deleteFloatingIp,
  floatingIps.listFloatingIpPools,
  volumeAttachments.listVolumeAttachments,
  volumeAttachments.showVolumeAttachment,
  volumeAttachments.attachVolume,
  volumeAttachments.swapVolume,
  volumeAttachments.detachVolume,
  availabilityZones.listAvailabilityZones,
  availabilityZones.listAvailabilityZonesDetail,
  quotaSets.showQuotaSet,
  quotaSets.showDefaultQuotaSet,
  quotaSets.updateQuotaSet,
  quotaSets.deleteQuotaSet,
  quotaSets.showQuotaClassSet,
  quotaSets.updateQuotaClassSet,
  diagnostics.showDiagnostics,
  instanceActions.listInstanceActions,
  instanceActions.showInstanceAction,
  flavorAccess.listFlavorAccess,
  flavorAccess.addTenantAccess,
  flavorAccess.removeTenantAccess,
  serverGroups.listServerGroups,
  serverGroups.showServerGroup,
  serverGroups.createServerGroup,
  serverGroups.deleteServerGroup,
  serverPassword.showServerPassword,
  serverPassword.deleteServerPassword,
  interfaces.listVirtualInterfaces,
  interfaces.listInterfaces,
  interfaces.showInterface,
  interfaces.attachInterface,
  interfaces.detachInterface,
  volumes.listVolumes,
  volumes.listVolumesDetail,
  volumes.showVolume,
  volumes.createVolume,
  volumes.deleteVolume,
  volumes.listSnapshots,
  volumes.listSnapshotsDetail,
  volumes.showSnapshot,
  volumes.createSnapshot,
  volumes.deleteSnapshot,
  assistedSnapshots.createAssistedSnapshot,
  assistedSnapshots.deleteAssistedSnapshot,
  tenantNetworks.listTenantNetworks,
  tenantNetworks.showTenantNetwork,
  networks.listNetworks,
  networks.showNetwork,
  hosts.listHosts,
  hosts.showHost,
  hosts.updateHost,
  hosts.startHost,
  hosts.shutDownHost,
  hosts.rebootHost,
  hypervisors.listHypervisors,
  hypervisors.listHypervisorsDetail,
  hypervisors.showHypervisor,
  hypervisors.showHypervisorStatistics,
  hypervisors.showHypervisorUptime,
  hypervisors.searchHypervisors,
  hypervisors.listHypervisorServers,
  services.listServices,
  services.enableService,
  services.disableService,
  services.disableServiceWithReason,
  aggregates.listAggregates,
  aggregates.showAggregate,
  aggregates.createAggregate,
  aggregates.updateAggregate,
  aggregates.deleteAggregate,
  aggregates.addHost,
  aggregates.removeHost,
  aggregates.setAggregateMetadata,
  agents.listAgents,
  agents.createAgent,
  agents.updateAgent,
  agents.deleteAgent,
  migrations.listMigrations,
  tenantUsage.listTenantUsages,
  tenantUsage.showTenantUsage,
  usageAudit.listUsageAudits,
  usageAudit.showUsageAudit,
  externalEvents.createExternalEvents,
  consoleTokens.showConsoleToken,
  baremetalNodes.listBaremetalNodes,
  baremetalNodes.showBaremetalNode,
] as const satisfies readonly Operation[];

/** An operation of the list, with its literal types. */
export type DescribedOperation = (typeof operations)[number];

/** The name of an operation of the list. A table by operation does not compile with a misspelt name. */
export type OperationName = DescribedOperation['name'];

/** The operations by their names, which traces and the jobs of threads have as text. */
export const operationsByName: ReadonlyMap<string, Operation> = new Map(
  operations.map((operation) => [operation.name, operation]),
);
