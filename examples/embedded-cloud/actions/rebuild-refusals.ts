import { CloudFault, unexpected } from '../http/cloud-fault.ts';
import { base64Bytes } from '../python/base64.ts';
import { pythonLength } from '../python/length.ts';
import type { CloudState } from '../servers/server-call.ts';
import type { CloudProfile } from '../state/cloud-profiles.ts';
import { isObject } from '../validation/request-member.ts';
import type { RebuildOrder } from './rebuild-members.ts';
import type { PersonalityFile } from './rebuild-rules.ts';

/** Nova's default quotas; path and contents are limited in characters as sent. */
const MAXIMUM_METADATA_ITEMS = 128;
const MAXIMUM_FILES = 5;
const MAXIMUM_PATH = 255;
const MAXIMUM_CONTENTS = 10_240;

/** Refuses members that Nova's schema has but this cloud does not support; ECS reports Ecs.0005. */
export function refuseForProfile(profile: CloudProfile, parameters: unknown): void {
  if (!isObject(parameters)) return;
  const refused = profile.refusedMembers.find((name) => Object.hasOwn(parameters, name));
  if (refused !== undefined) throw new CloudFault(400, `The parameter ${refused} is not supported.`, 'ecs');
  const { user_data: userData } = parameters;
  const size = typeof userData === 'string' && profile.maximumUserDataBytes < Infinity ? base64Bytes(userData) : 0;
  if (size !== undefined && size > profile.maximumUserDataBytes) {
    throw new CloudFault(400, `user_data is longer than ${profile.maximumUserDataBytes} bytes.`, 'ecs');
  }
}

/** Throws Nova's 500 if a file of the personality lacks a member. */
export function refuseHalfFiles({ files = [] }: RebuildOrder): void {
  if (files.some(({ path, contents }) => path === undefined || contents === undefined)) throw unexpected('KeyError');
}

/** Refuses an unknown key pair or image with 400; the id of an image must match exactly. */
export function refuseUnknown(cloud: CloudState, { keyName, imageRef }: RebuildOrder): void {
  if (typeof keyName === 'string' && !cloud.keyPairs.has(keyName)) {
    throw new CloudFault(400, 'Invalid key_name provided.');
  }
  if (!cloud.images.has(imageRef)) throw new CloudFault(400, 'Cannot find image for rebuild');
}

/** Refuses metadata and personalities above the quotas with 403. */
export function refuseOverQuota({ metadata = {}, files = [] }: RebuildOrder): void {
  const broken = QUOTAS.find(({ isOver }) => isOver(Object.keys(metadata), files));
  if (broken !== undefined) throw new CloudFault(403, broken.message);
}

interface Quota {
  readonly message: string;
  readonly isOver: (metadataKeys: readonly string[], files: readonly PersonalityFile[]) => boolean;
}

const QUOTAS: readonly Quota[] = [
  {
    message: `Maximum number of metadata items exceeds ${MAXIMUM_METADATA_ITEMS}`,
    isOver: (keys) => keys.length > MAXIMUM_METADATA_ITEMS,
  },
  { message: 'Personality file limit exceeded', isOver: (_keys, files) => files.length > MAXIMUM_FILES },
  {
    message: `Personality file path exceeds maximum ${MAXIMUM_PATH}`,
    isOver: (_keys, files) => files.some(({ path = '' }) => pythonLength(path) > MAXIMUM_PATH),
  },
  {
    message: `Personality file content exceeds maximum ${MAXIMUM_CONTENTS}`,
    isOver: (_keys, files) => files.some(({ contents = '' }) => contents.length > MAXIMUM_CONTENTS),
  },
];
