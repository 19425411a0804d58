import type { Deviations } from '../support/deviations.ts';

/** How the two forms of a sample differ in more than values. */
export type Told = Deviations<readonly string[]>;

const otherResource = 'os-fping answers its own documents, of the same name and without a namespace';
const sizeOfFakeImage = 'the samples were made with texts for the sizes of images, which are numbers';
const numberedIds = "nova-network's ids were numbers, which XML cannot tell from texts; modern ones are UUIDs";
const numberedVolumes = 'the samples have numbers for ids of block storage, which XML cannot tell from texts';

const numberedNodes =
  'nodes of bare metal had numbers for ids, which XML cannot tell from texts; those of Ironic are UUIDs';
const nodeOfNumber = (...others: readonly string[]): Told[string] => ({
  because: numberedNodes,
  instead: ['id', ...others].map((member) => `read: other kind node.${member} (string for number)`),
});

/** Answers whose forms differ in more than values, both ways. */
export const answerDeviations: Told = {
  'os-fping/fping-get-resp': {
    because: otherResource,
    instead: [
      'written: missing servers',
      'written: extra {http://docs.openstack.org/compute/api/v1.1}servers',
      'read: missing servers.servers[].alive',
      'read: missing servers.servers[].id',
      'read: missing servers.servers[].project_id',
    ],
  },
  'os-fping/fping-get-details-resp': {
    because: otherResource,
    instead: [
      'written: missing server',
      'written: extra {http://docs.openstack.org/compute/api/v1.1}server',
      'read: missing server.alive',
      'read: missing server.id',
      'read: missing server.project_id',
    ],
  },
  'OS-EXT-IMG-SIZE/images-details-get-resp': {
    because: sizeOfFakeImage,
    instead: ['read: other kind images.images[].OS-EXT-IMG-SIZE:size (number for string)'],
  },
  'OS-EXT-IMG-SIZE/image-get-resp': {
    because: sizeOfFakeImage,
    instead: ['read: other kind image.OS-EXT-IMG-SIZE:size (number for string)'],
  },
  'os-security-groups/security-groups-list-get-resp': {
    because: numberedIds,
    instead: ['read: other kind security_groups[].id (string for number)'],
  },
  'os-security-groups/security-groups-get-resp': {
    because: numberedIds,
    instead: ['read: other kind security_group.id (string for number)'],
  },
  'os-floating-ips/floating-ips-list-resp': {
    because: numberedIds,
    instead: ['read: other kind floating_ips[].id (string for number)'],
  },
  'os-extended-floating-ips/floating-ips-create-resp': {
    because: numberedIds,
    instead: ['read: other kind floating_ip.id (string for number)'],
  },
  'os-volumes/snapshot-create-resp': {
    because: numberedVolumes,
    instead: ['read: other kind snapshot.id (string for number)'],
  },
  'os-volumes/snapshots-detail-resp': {
    because: numberedVolumes,
    instead: [
      'read: other kind snapshots[].id (string for number)',
      'read: other kind snapshots[].volumeId (string for number)',
    ],
  },
  'os-networks/network-create-resp': {
    because: 'legacy Nova wrote the null of a network that is not deleted as False, where null is None elsewhere',
    instead: ['read: extra network.deleted'],
  },
  'os-baremetal-nodes/baremetal-node-create-resp': nodeOfNumber(),
  'os-baremetal-nodes/baremetal-node-create-with-address-resp': nodeOfNumber('interfaces[].id'),
  'os-baremetal-nodes/baremetal-node-show-resp': nodeOfNumber('interfaces[].id'),
  'os-baremetal-ext-status/baremetal-node-create-resp': nodeOfNumber(),
  'os-baremetal-ext-status/baremetal-node-create-with-address-resp': nodeOfNumber('interfaces[].id'),
  'os-baremetal-ext-status/baremetal-node-show-resp': nodeOfNumber('interfaces[].id'),
  'os-baremetal-ext-status/baremetal-node-list-resp': {
    because: numberedNodes,
    instead: ['id', 'interfaces[].id'].map((member) => `read: other kind nodes[].${member} (string for number)`),
  },
};

const ofServers = ['id', 'hostId', 'created', 'updated', 'links[].href', 'OS-SRV-USG:launched_at'];

/** Members that differ between two runs of Nova's tests: each form of a sample was recorded in a run of its own. */
export const ofEachRun: ReadonlySet<string> = new Set([
  ...ofServers.flatMap((member) => [`server.${member}`, `servers.servers[].${member}`]),
  'server.adminPass',
  'server.reservation_id',
  'server.OS-EXT-SRV-ATTR:host',
  'volumeAttachment.serverId',
  'volumeAttachments[].serverId',
  'keypair.name',
  'keypair.fingerprint',
  'keypair.public_key',
  'keypair.private_key',
  'keypairs[].keypair.name',
  'keypairs[].keypair.fingerprint',
  'keypairs[].keypair.public_key',
  'console.url',
  'limits.rate[].limit[].next-available',
  'node.uuid',
  'nodes[].uuid',
  'events[].server_uuid',
  'instance_usage_audit_log.hosts_not_run[]',
  'instance_usage_audit_logs.hosts_not_run[]',
  'aggregate.created_at',
  'aggregate.updated_at',
  'aggregates[].created_at',
  'hosts[].host_name',
  'hypervisor.service.host',
  'hypervisors[].service.host',
  'network.id',
  'networks[].id',
  'tenant_usage.start',
  'tenant_usage.stop',
  'tenant_usage.server_usages[].instance_id',
  'tenant_usage.server_usages[].started_at',
  'tenant_usages[].start',
  'tenant_usages[].stop',
  'snapshot.createdAt',
  'snapshots[].createdAt',
  'volumes[].createdAt',
]);

const otherPort = 'the two forms were written by hand, of a port of their own';
const otherMetadata = 'the two forms were written by hand, with metadata of their own';

/** Answers with other values than those of each run. */
export const answerValues: Told = {
  'server-action-rebuild-resp': { because: otherMetadata, instead: ['server.metadata', 'server.metadata.*'] },
  'all_extensions/server-action-rebuild-resp': {
    because: otherMetadata,
    instead: ['server.metadata', 'server.metadata.*'],
  },
  'all_extensions/extensions-get-resp': {
    because: 'an extension has another date of change in each form',
    instead: ['extensions[].updated'],
  },
  'os-attach-interfaces/attach-interfaces-create-resp': {
    because: otherPort,
    instead: ['interfaceAttachment.fixed_ips[].ip_address'],
  },
  'os-attach-interfaces/attach-interfaces-show-resp': {
    because: otherPort,
    instead: ['fixed_ips[].subnet_id', 'fixed_ips[].ip_address', 'net_id', 'port_id', 'mac_addr'].map(
      (member) => `interfaceAttachment.${member}`,
    ),
  },
};

const withoutZone = 'the XML was made of times without a zone, which those of a live Nova have';

/** Answers whose written XML has other values than the sample, although reading the sample's XML yields its JSON. */
export const writtenValues: Told = {
  'os-services/services-list-get-resp': { because: withoutZone, instead: ['services/service@updated_at'] },
  'os-instance-actions/instance-actions-list-resp': {
    because: withoutZone,
    instead: ['instanceActions/instanceAction@start_time'],
  },
  'os-instance-actions/instance-action-get-resp': {
    because: withoutZone,
    instead: ['@start_time', '/events@finish_time', '/events@start_time'].map((at) => `instanceAction${at}`),
  },
  'os-migrations/migrations-get': {
    because: withoutZone,
    instead: ['updated_at', 'created_at'].map((time) => `migrations/migration@${time}`),
  },
};

const anAnswer = {
  because: 'the XML is an answer, published under the name of the request',
  instead: ['refused server.name: Server name is not defined'],
};
/** The result for a sample whose root no request has. */
export const noRequest = 'no request has its root';
const ofRun = 'each form was recorded in a run of its own';

const ofAnAnswer = {
  because: 'it is a request that is not translated, with the root of an answer that is',
  instead: [noRequest],
};

/** Requests whose two forms do not ask for the same. */
export const requestSampleDeviations: Told = {
  'OS-EXT-AZ/server-post-req': anAnswer,
  'server-action-rebuild': {
    because: otherMetadata,
    instead: ['other value rebuild.metadata', 'other value rebuild.metadata.*'],
  },
  'all_extensions/server-action-rebuild': {
    because: otherMetadata,
    instead: ['other value rebuild.metadata', 'other value rebuild.metadata.*'],
  },
  'os-admin-actions/admin-actions-live-migrate': {
    because: ofRun,
    instead: ['other value os-migrateLive.host'],
  },
  'os-keypairs/keypairs-post-req': {
    because: ofRun,
    instead: ['other value keypair.name'],
  },
  'os-keypairs/keypairs-import-post-req': {
    because: ofRun,
    instead: ['other value keypair.name'],
  },
  'os-volumes/os-volumes-post-req': {
    because: 'its XML has the names of the answer, which legacy Nova lost, too: a request has other names',
    instead: ['availability_zone', 'display_name', 'display_description'].map((name) => `missing volume.${name}`),
  },
  'os-networks/network-create-req': ofAnAnswer,
  'os-baremetal-nodes/baremetal-node-create-with-address-req': ofAnAnswer,
  'os-baremetal-ext-status/baremetal-node-create-with-address-req': ofAnAnswer,
  'os-server-external-events/event-create-req': { because: ofRun, instead: ['other value events[].server_uuid'] },
};

const unreadQuotaId = 'legacy Nova took the id of a quota set out of XML, and never looked at it';

/** Requests of which legacy Nova's deserializer made something else. */
export const deserializerDeviations: Told = {
  'OS-EXT-AZ/server-post-req': anAnswer,
  'os-extended-quotas/quotas-update-post-req': { because: unreadQuotaId, instead: ['missing quota_set.id'] },
  'os-user-quotas/user-quotas-update-post-req': { because: unreadQuotaId, instead: ['missing quota_set.id'] },
};
