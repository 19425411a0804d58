import type { Operation } from './operation.ts';
import { answeringActions, coreActions, lifecycleActions, networkActions } from './operations/actions.ts';
import * as addresses from './operations/addresses.ts';
import * as agents from './operations/agents.ts';
import * as aggregates from './operations/aggregates.ts';
import * as availabilityZones from './operations/availability-zones.ts';
import * as diagnostics from './operations/diagnostics.ts';
import * as extensions from './operations/extensions.ts';
import * as flavorAccess from './operations/flavor-access.ts';
import * as flavors from './operations/flavors.ts';
import * as floatingIps from './operations/floating-ips.ts';
import * as hosts from './operations/hosts.ts';
import * as hypervisors from './operations/hypervisors.ts';
import * as images from './operations/images.ts';
import * as instanceActions from './operations/instance-actions.ts';
import * as interfaces from './operations/interfaces.ts';
import * as keypairs from './operations/keypairs.ts';
import * as limits from './operations/limits.ts';
import { imageMetadata, serverMetadata } from './operations/metadata.ts';
import * as migrations from './operations/migrations.ts';
import * as quotaSets from './operations/quota-sets.ts';
import { rebuild } from './operations/rebuild.ts';
import * as securityGroups from './operations/security-groups.ts';
import * as serverGroups from './operations/server-groups.ts';
import * as serverPassword from './operations/server-password.ts';
import * as servers from './operations/servers.ts';
import * as services from './operations/services.ts';
import * as tenantNetworks from './operations/tenant-networks.ts';
import * as tenantUsage from './operations/tenant-usage.ts';
import * as versions from './operations/versions.ts';
import * as volumeAttachments from './operations/volume-attachments.ts';
import * as volumes from './operations/volumes.ts';

/** Every operation that is translated; all others pass by untouched. */
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
  tenantNetworks.listTenantNetworks,
  tenantNetworks.showTenantNetwork,
  hosts.listHosts,
  hosts.showHost,
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
  agents.listAgents,
  agents.createAgent,
  agents.updateAgent,
  agents.deleteAgent,
  migrations.listMigrations,
  tenantUsage.listTenantUsages,
  tenantUsage.showTenantUsage,
] as const satisfies readonly Operation[];
