import { attribute, boolean, datetime, dict, element, integer, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const eitherWay = { eitherWay: true } as const;
const word = string({ format: 'trimmed' });

/** The block storage's own, of which the quotas of servers know nothing. */
const metadata = dict(string(), { tag: 'meta', key: 'key' });

const attachment = record({
  device: attribute(string()),
  serverId: attribute(string()),
  id: attribute(string()),
  volumeId: attribute(string()),
});

const volume = record({
  status: attribute(string()),
  displayDescription: attribute(string()),
  availabilityZone: attribute(string()),
  displayName: attribute(string()),
  volumeType: attribute(string()),
  snapshotId: attribute(string()),
  id: attribute(string()),
  createdAt: attribute(datetime()),
  size: attribute(integer()),
  attachments: element(list(attachment, { tag: 'attachment' }), { always: true }),
  metadata: element(metadata, { always: true }),
});

const volumeDocument = { root: 'volume', content: volume, ...none } as const;
const volumes = { root: 'volumes', content: list(volume, { tag: 'volume' }), ...none } as const;

/** The project's volumes: GET os-volumes. */
export const listVolumes = {
  name: 'listVolumes',
  method: 'GET',
  route: 'os-volumes',
  answer: volumes,
  status: 200,
} as const satisfies Operation;

/** The project's volumes, of which there is no more to show: GET os-volumes/detail. */
export const listVolumesDetail = {
  name: 'listVolumesDetail',
  method: 'GET',
  route: 'os-volumes/detail',
  answer: volumes,
  status: 200,
} as const satisfies Operation;

/** One volume: GET os-volumes/{volume_id}. */
export const showVolume = {
  name: 'showVolume',
  method: 'GET',
  route: 'os-volumes/{volume_id}',
  answer: volumeDocument,
  status: 200,
} as const satisfies Operation;

/** Makes a volume: POST os-volumes. What is asked for has other names than what is shown. */
export const createVolume = {
  name: 'createVolume',
  method: 'POST',
  route: 'os-volumes',
  request: {
    root: 'volume',
    content: record(
      {
        display_name: attribute(string(), eitherWay),
        display_description: attribute(string(), eitherWay),
        size: attribute(integer(), eitherWay),
        volume_type: attribute(word, eitherWay),
        availability_zone: attribute(word, eitherWay),
        snapshot_id: attribute(word, eitherWay),
        metadata: element(metadata),
      },
      { emptyIsAbsent: true },
    ),
    ...none,
  },
  answer: volumeDocument,
  status: 200,
  location: 'self',
} as const satisfies Operation;

/** Deletes a volume: DELETE os-volumes/{volume_id}. */
export const deleteVolume = {
  name: 'deleteVolume',
  method: 'DELETE',
  route: 'os-volumes/{volume_id}',
  status: 202,
} as const satisfies Operation;

const snapshot = record({
  status: attribute(string()),
  displayDescription: attribute(string()),
  displayName: attribute(string()),
  volumeId: attribute(string()),
  id: attribute(string()),
  createdAt: attribute(datetime()),
  size: attribute(integer()),
});

const snapshotDocument = { root: 'snapshot', content: snapshot, ...none } as const;
const snapshots = { root: 'snapshots', content: list(snapshot, { tag: 'snapshot' }), ...none } as const;

/** The snapshots of the project's volumes: GET os-snapshots. */
export const listSnapshots = {
  name: 'listSnapshots',
  method: 'GET',
  route: 'os-snapshots',
  answer: snapshots,
  status: 200,
} as const satisfies Operation;

/** The snapshots of the project's volumes, of which there is no more to show: GET os-snapshots/detail. */
export const listSnapshotsDetail = {
  name: 'listSnapshotsDetail',
  method: 'GET',
  route: 'os-snapshots/detail',
  answer: snapshots,
  status: 200,
} as const satisfies Operation;

/** One snapshot: GET os-snapshots/{snapshot_id}. */
export const showSnapshot = {
  name: 'showSnapshot',
  method: 'GET',
  route: 'os-snapshots/{snapshot_id}',
  answer: snapshotDocument,
  status: 200,
} as const satisfies Operation;

/** Makes a snapshot of a volume: POST os-snapshots. */
export const createSnapshot = {
  name: 'createSnapshot',
  method: 'POST',
  route: 'os-snapshots',
  request: {
    root: 'snapshot',
    content: record(
      {
        volume_id: attribute(word, { eitherWay: true, required: true }),
        force: attribute(boolean(), eitherWay),
        display_name: attribute(word, eitherWay),
        display_description: attribute(word, eitherWay),
      },
      { emptyIsAbsent: true },
    ),
    ...none,
  },
  answer: snapshotDocument,
  status: 200,
} as const satisfies Operation;

/** Deletes a snapshot: DELETE os-snapshots/{snapshot_id}. */
export const deleteSnapshot = {
  name: 'deleteSnapshot',
  method: 'DELETE',
  route: 'os-snapshots/{snapshot_id}',
  status: 202,
} as const satisfies Operation;
