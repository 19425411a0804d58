import { type Call, parameter } from '../call/call.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import type { ImageRecord } from '../state/image-record.ts';

/** Finds the image that the path names; throws a 404 if there is none. */
export function findImage(call: Call): ImageRecord {
  const image = call.cloud.images.get(parameter(call, 'image'));
  if (image === undefined) throw new CloudFault(404, 'Image not found.');
  return image;
}
