import { attribute, boolean, datetime, dict, element, integer, list, record, string } from '../../schema/words.ts';
import { worksUnaided } from '../../schema/unaided.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay, requiredEitherWay, trimmed, anyText } from '../resources/request-scalars.ts';
import { volumeAttachment } from '../resources/volume-attachment.ts';

/** The metadata of a volume, which has no quotas in the compute API. */
const metadata = dict(string(), { tag: 'meta', key: 'key' });

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
  attachments: element(list(volumeAttachment, { tag: 'attachment' }), { always: true }),
  metadata: element(metadata, { always: true }),
});

const volumeDocument = { root: 'volume', content: volume, ...noNamespace } as const;
const volumes = { root: 'volumes', content: list(volume, { tag: 'volume' }), ...noNamespace } as const;

/** List the volumes of the project. */
export const listVolumes = {
  name: 'listVolumes',
  method: 'GET',
  route: 'os-volumes',
  answer: volumes,
  status: 200,
} as const satisfies Operation;

/** List the volumes of the project; the members are those of the brief list. */
export const listVolumesDetail = {
  name: 'listVolumesDetail',
  method: 'GET',
  route: 'os-volumes/detail',
  answer: volumes,
  status: 200,
} as const satisfies Operation;

/** Show one volume. */
export const showVolume = {
  name: 'showVolume',
  method: 'GET',
  route: 'os-volumes/{volume_id}',
  answer: volumeDocument,
  status: 200,
} as const satisfies Operation;

/** Create a volume. The members of the request have other names than those of the answer. */
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
        volume_type: attribute(trimmed, eitherWay),
        availability_zone: attribute(trimmed, eitherWay),
        snapshot_id: attribute(trimmed, eitherWay),
        metadata: element(metadata),
      },
      {
        emptyIsAbsent: {
          null: {},
          text: {
            display_name: worksUnaided,
            display_description: worksUnaided,
            volume_type: worksUnaided,
            availability_zone: worksUnaided,
            snapshot_id: worksUnaided,
          },
        },
      },
    ),
    ...noNamespace,
  },
  answer: volumeDocument,
  status: 200,
  location: 'self',
} as const satisfies Operation;

/** Delete a volume. */
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

const snapshotDocument = { root: 'snapshot', content: snapshot, ...noNamespace } as const;
const snapshots = { root: 'snapshots', content: list(snapshot, { tag: 'snapshot' }), ...noNamespace } as const;

/** List the volume snapshots of the project. */
export const listSnapshots = {
  name: 'listSnapshots',
  method: 'GET',
  route: 'os-snapshots',
  answer: snapshots,
  status: 200,
} as const satisfies Operation;

/** List the volume snapshots of the project; the members are those of the brief list. */
export const listSnapshotsDetail = {
  name: 'listSnapshotsDetail',
  method: 'GET',
  route: 'os-snapshots/detail',
  answer: snapshots,
  status: 200,
} as const satisfies Operation;

/** Show one volume snapshot. */
export const showSnapshot = {
  name: 'showSnapshot',
  method: 'GET',
  route: 'os-snapshots/{snapshot_id}',
  answer: snapshotDocument,
  status: 200,
} as const satisfies Operation;

/** Create a snapshot of a volume. */
export const createSnapshot = {
  name: 'createSnapshot',
  method: 'POST',
  route: 'os-snapshots',
  request: {
    root: 'snapshot',
    content: record(
      {
        volume_id: attribute(trimmed, requiredEitherWay),
        force: attribute(boolean(), eitherWay),
        display_name: attribute(anyText, eitherWay),
        display_description: attribute(anyText, eitherWay),
      },
      { emptyIsAbsent: { null: {}, text: { display_name: worksUnaided, display_description: worksUnaided } } },
    ),
    ...noNamespace,
  },
  answer: snapshotDocument,
  status: 200,
} as const satisfies Operation;

/** Delete a volume snapshot. */
export const deleteSnapshot = {
  name: 'deleteSnapshot',
  method: 'DELETE',
  route: 'os-snapshots/{snapshot_id}',
  status: 202,
} as const satisfies Operation;
