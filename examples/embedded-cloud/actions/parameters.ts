import type { Call } from '../call/call.ts';
import type { Answer } from '../http/answer.ts';
import { type RequestMember, readMembers, throwRefusal } from '../validation/request-member.ts';

/** Performs an action on a server; `parameters` is the value of the body's only member. */
export type Action = (call: Call, parameters: unknown) => Answer;

/** Read the parameters of an action into a target; throw a 400 if they break its schema. */
export function readParameters<Target>(
  { scope }: Call,
  action: string,
  parameters: unknown,
  members: readonly RequestMember<Target>[],
  target: Target,
): Target {
  throwRefusal(readMembers(members, parameters, [action], target, scope));
  return target;
}
