import { attribute, list, record } from '../../schema/words.ts';
import { worksUnaided } from '../../schema/unaided.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay, requiredEitherWay, trimmed } from '../resources/request-scalars.ts';
import { volumeAttachment } from '../resources/volume-attachment.ts';

const attachmentDocument = { root: 'volumeAttachment', content: volumeAttachment, ...noNamespace } as const;

const newAttachment = {
  root: 'volumeAttachment',
  content: record(
    {
      volumeId: attribute(trimmed, requiredEitherWay),
      device: attribute(trimmed, eitherWay),
    },
    { emptyIsAbsent: { null: { device: worksUnaided }, text: {} } },
  ),
  ...noNamespace,
} as const;

const all = 'servers/{server_id}/os-volume_attachments';
const one = 'servers/{server_id}/os-volume_attachments/{attachment_id}';

/** List the volumes that are attached to a server. */
export const listVolumeAttachments = {
  name: 'listVolumeAttachments',
  method: 'GET',
  route: all,
  answer: { root: 'volumeAttachments', content: list(volumeAttachment, { tag: 'volumeAttachment' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one volume that is attached to a server. */
export const showVolumeAttachment = {
  name: 'showVolumeAttachment',
  method: 'GET',
  route: one,
  answer: attachmentDocument,
  status: 200,
} as const satisfies Operation;

/** Attach a volume to a server. */
export const attachVolume = {
  name: 'attachVolume',
  method: 'POST',
  route: all,
  request: newAttachment,
  answer: attachmentDocument,
  status: 200,
} as const satisfies Operation;

/** Replace an attached volume with another. */
export const swapVolume = {
  name: 'swapVolume',
  method: 'PUT',
  route: one,
  request: newAttachment,
  status: 202,
} as const satisfies Operation;

/** Detach a volume from a server. */
export const detachVolume = {
  name: 'detachVolume',
  method: 'DELETE',
  route: one,
  status: 202,
} as const satisfies Operation;
