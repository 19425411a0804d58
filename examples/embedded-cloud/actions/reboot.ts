import { jsonAnswer } from '../http/answer.ts';
import { findServer } from '../servers/find-server.ts';
import { refuseBusyServer } from '../checks/refuse-busy-server.ts';
import { type VmState, moveTo } from '../state/server-record.ts';
import { type RequestMember, member } from '../validation/request-member.ts';
import { oneOf } from '../validation/rules.ts';
import { type Action, readParameters } from './parameters.ts';

/** Accepts a reboot with an empty 202; the server is ACTIVE at once. */
export const answerReboot: Action = (call, parameters) => {
  const { type } = readParameters(call, 'reboot', parameters, REBOOT_MEMBERS, { type: '' });
  const server = findServer(call);
  refuseBusyServer(call.cloud, server, 'reboot', type.toUpperCase() === 'SOFT' ? SOFT : HARD);
  moveTo(server, call.cloud.now(), 'active');
  return jsonAnswer(202);
};

interface RebootOrder {
  type: string;
}

const REBOOT_MEMBERS: readonly RequestMember<RebootOrder>[] = [
  member('type', oneOf('HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'), 'type', { required: true }),
];

const SOFT: readonly VmState[] = ['active'];
const HARD: readonly VmState[] = ['active', 'stopped', 'paused', 'suspended', 'error'];
