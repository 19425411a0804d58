import type { Call } from '../call/call.ts';
import { CloudFault, unexpected } from '../http/cloud-fault.ts';
import { findImage } from '../images/find-image.ts';
import { findServer } from '../servers/find-server.ts';
import { isoSeconds } from '../state/cloud-state.ts';

/** The metadata of a server or an image. */
export type Metadata = Readonly<Record<string, string>>;

/** A resource with metadata: how to find its items, to replace them, and to refuse an item that is not there. */
export interface MetadataOwner {
  read(call: Call): Metadata;
  write(call: Call, metadata: Metadata): void;
  missing(method: string): CloudFault;
}

/** The servers, as an owner of metadata. */
export const SERVER_METADATA: MetadataOwner = {
  read: (call) => findServer(call).metadata,
  write(call, metadata) {
    const server = findServer(call);
    if (server.locked) throw new CloudFault(409, `Instance ${server.id} is locked`);
    server.metadata = metadata;
    server.updated = call.cloud.now();
  },
  missing: () => new CloudFault(404, 'Metadata item was not found'),
};

/** The images, as an owner of metadata; Glance protects the owner's name in the metadata of a snapshot. */
export const IMAGE_METADATA: MetadataOwner = {
  read: (call) => findImage(call).metadata,
  write(call, metadata) {
    const image = findImage(call);
    if (image.serverId !== null && !Object.hasOwn(metadata, 'image_type')) {
      throw unexpected('nova.exception.ImageBadRequest');
    }
    image.metadata = metadata;
    image.updated = isoSeconds(call.cloud.now());
  },
  missing: (method) =>
    new CloudFault(404, method === 'DELETE' ? 'Invalid metadata key' : 'The resource could not be found.'),
};
