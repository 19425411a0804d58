import { CloudFault } from '../http/cloud-fault.ts';
import type { CloudState } from '../state/cloud-state.ts';
import { VOLUME } from '../state/seed-data.ts';
import { type ServerRecord, stateAt } from '../state/server-record.ts';
import type { RebuildOrder } from './rebuild-members.ts';

/** Refuse to rebuild a server in ERROR where the cloud does, as ECS documents it. */
export function refuseFromError({ profile, now }: CloudState, server: ServerRecord): void {
  if (profile.rebuildsFromError || stateAt(server, now()).status !== 'ERROR') return;
  throw new CloudFault(400, 'The ECS is in the error state and cannot be rebuilt.', 'ecs', { code: 'Ecs.0100' });
}

/** Refuse an unknown key pair or image with 400; the id of an image must match exactly. */
export function refuseUnknown(cloud: CloudState, { keyName, imageRef }: RebuildOrder): void {
  if (typeof keyName === 'string' && !cloud.keyPairs.has(keyName)) {
    throw new CloudFault(400, 'Invalid key_name provided.');
  }
  if (!cloud.images.has(imageRef)) throw new CloudFault(400, 'Cannot find image for rebuild');
}

/** Refuse another image for a server that boots from a volume, at the microversions that cannot replace the volume. */
export function refuseOtherImage(
  { profile }: CloudState,
  server: ServerRecord,
  { imageRef }: RebuildOrder,
  minor: number,
): void {
  if (server.imageRef !== '' || imageRef === VOLUME.imageRef || minor > profile.volumeKeepsImageUntil) return;
  throw new CloudFault(400, 'Unable to rebuild with a different image for a volume-backed server.');
}
