import { type Answer, jsonAnswer } from '../http/answer.ts';
import { refuseBusyServer } from '../servers/refuse-busy-server.ts';
import { type ServerCall, findServer } from '../servers/server-call.ts';
import { type RequestMember, member, readMembers, throwRefusal } from '../validation/request-member.ts';
import { oneOf } from '../validation/rules.ts';

/** Accepts a reboot with an empty 202; the server stays ACTIVE. */
export function answerReboot(call: ServerCall, parameters: unknown): Answer {
  throwRefusal(readMembers(REBOOT_MEMBERS, parameters, ['reboot'], { type: '' }, call.scope));
  refuseBusyServer(call.cloud, findServer(call), 'reboot');
  return jsonAnswer(202);
}

interface RebootOrder {
  type: string;
}

const REBOOT_MEMBERS: readonly RequestMember<RebootOrder>[] = [
  member('type', oneOf('HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'), 'type', { required: true }),
];
