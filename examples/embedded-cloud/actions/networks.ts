import { jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { findServer } from '../servers/find-server.ts';
import { refuseBusyServer } from '../checks/refuse-busy-server.ts';
import { type RequestMember, member } from '../validation/request-member.ts';
import { stringRule } from '../validation/rules.ts';
import { type Action, readParameters } from './parameters.ts';

/** Accepts a fixed address without any effect: the only network has one for each server. */
export const answerFixedIp: Action = (call) => {
  refuseBusyServer(call.cloud, findServer(call), 'addFixedIp');
  return jsonAnswer(202);
};

/** Refuses a floating address: the project has none. */
export const answerFloatingIp: Action = (call) => {
  findServer(call);
  throw new CloudFault(404, 'floating IP not found');
};

/** Accepts the only security group, which every server has, and refuses any other. */
export const answerSecurityGroup: Action = (call, parameters) => {
  const { name } = readParameters(call, 'addSecurityGroup', parameters, GROUP_MEMBERS, { name: '' });
  findServer(call);
  if (name !== 'default') throw new CloudFault(404, `Security group ${name} not found.`);
  return jsonAnswer(202);
};

interface GroupOrder {
  name: string;
}

const GROUP_MEMBERS: readonly RequestMember<GroupOrder>[] = [member('name', stringRule(), 'name', { required: true })];
