import { parseJsonBody } from '../http/received-request.ts';
import { type RequestMember, readMembers, throwRefusal } from '../validation/request-member.ts';
import type { Call } from './call.ts';

/** Read the body of a request into a target; throw a 400 if it breaks the schema. */
export function readBody<Target>(
  { incoming, scope }: Call,
  members: readonly RequestMember<Target>[],
  target: Target,
): Target {
  throwRefusal(readMembers(members, parseJsonBody(incoming), [], target, scope));
  return target;
}

/** Describe a required member whose value is an object with members of its own, read into the same target. */
export function objectMember<Target>(name: string, members: readonly RequestMember<Target>[]): RequestMember<Target> {
  return {
    name,
    required: true,
    read: (value, path, target, scope) => readMembers(members, value, path, target, scope),
  };
}
