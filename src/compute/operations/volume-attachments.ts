import { attribute, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const attachment = record({
  device: attribute(string()),
  serverId: attribute(string()),
  id: attribute(string()),
  volumeId: attribute(string()),
});

const attachmentDocument = { root: 'volumeAttachment', content: attachment, ...none } as const;

const newAttachment = {
  root: 'volumeAttachment',
  content: record(
    {
      volumeId: attribute(string({ format: 'trimmed' }), { required: true, eitherWay: true }),
      device: attribute(string({ format: 'trimmed' }), { eitherWay: true }),
    },
    { emptyIsAbsent: true },
  ),
  ...none,
} as const;

const all = 'servers/{server_id}/os-volume_attachments';
const one = 'servers/{server_id}/os-volume_attachments/{attachment_id}';

/** The volumes of a server: GET servers/{server_id}/os-volume_attachments. */
export const listVolumeAttachments = {
  name: 'listVolumeAttachments',
  method: 'GET',
  route: all,
  answer: { root: 'volumeAttachments', content: list(attachment, { tag: 'volumeAttachment' }), ...none },
  status: 200,
} as const satisfies Operation;

/** One volume of a server: GET servers/{server_id}/os-volume_attachments/{attachment_id}. */
export const showVolumeAttachment = {
  name: 'showVolumeAttachment',
  method: 'GET',
  route: one,
  answer: attachmentDocument,
  status: 200,
} as const satisfies Operation;

/** Attaches a volume: POST servers/{server_id}/os-volume_attachments. */
export const attachVolume = {
  name: 'attachVolume',
  method: 'POST',
  route: all,
  request: newAttachment,
  answer: attachmentDocument,
  status: 200,
} as const satisfies Operation;

/** Puts another volume in the place of one: PUT servers/{server_id}/os-volume_attachments/{attachment_id}. */
export const swapVolume = {
  name: 'swapVolume',
  method: 'PUT',
  route: one,
  request: newAttachment,
  status: 202,
} as const satisfies Operation;

/** Detaches a volume: DELETE servers/{server_id}/os-volume_attachments/{attachment_id}. */
export const detachVolume = {
  name: 'detachVolume',
  method: 'DELETE',
  route: one,
  status: 202,
} as const satisfies Operation;
