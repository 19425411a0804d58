import { CloudFault } from '../http/cloud-fault.ts';
import { base64Bytes } from '../python/base64.ts';
import type { CloudProfile, ServerRequest } from '../state/cloud-profiles.ts';
import { isObject } from '../validation/request-member.ts';

/** Refuse members of a server that Nova's schema has but this cloud does not support; ECS reports Ecs.0005. */
export function refuseForProfile(profile: CloudProfile, request: ServerRequest, parameters: unknown): void {
  if (!isObject(parameters)) return;
  const refused = profile.refusedMembers[request].find((name) => Object.hasOwn(parameters, name));
  if (refused !== undefined) throw new CloudFault(400, `The parameter ${refused} is not supported.`, 'ecs');
  const { user_data: userData } = parameters;
  const size = typeof userData === 'string' && profile.maximumUserDataBytes < Infinity ? base64Bytes(userData) : 0;
  if (size !== undefined && size > profile.maximumUserDataBytes) {
    throw new CloudFault(400, `user_data is longer than ${profile.maximumUserDataBytes} bytes.`, 'ecs');
  }
}
