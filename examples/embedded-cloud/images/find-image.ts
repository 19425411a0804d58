import { type Call, parameter } from '../call/call.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import type { ImageRecord } from '../state/image-record.ts';

/** Find the image that the path names; throw a 404 if there is none. */
export function findImage(call: Call): ImageRecord {
  const image = call.cloud.images.get(parameter(call, 'image'));
  if (image === undefined) throw new CloudFault(404, 'Image not found.');
  return image;
}
