import { type Answer, jsonAnswer } from './answer.ts';
import { type Call, findServer } from './cloud.ts';
import { type Member, member, readMembers, throwRefusal } from './member.ts';
import { oneOf } from './rules.ts';
import { refuseBusyServer } from './state-guard.ts';

/** Accepts a reboot with an empty 202; the server is ACTIVE again at once. */
export function rebootServer(call: Call, parameters: unknown): Answer {
  throwRefusal(readMembers(REBOOT_MEMBERS, parameters, ['reboot'], { type: '' }, call.scope));
  refuseBusyServer(call.cloud, findServer(call), 'reboot');
  return jsonAnswer(202);
}

interface RebootOrder {
  type: string;
}

const REBOOT_MEMBERS: readonly Member<RebootOrder>[] = [
  member('type', oneOf('HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'), 'type', { required: true }),
];
