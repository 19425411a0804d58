import { jsonAnswer } from '../http/answer.ts';
import { makeAdminPassword } from '../servers/admin-password.ts';
import { findServer } from '../servers/find-server.ts';
import { refuseBusyServer } from '../checks/refuse-busy-server.ts';
import { moveTo } from '../state/server-record.ts';
import { type RequestMember, member } from '../validation/request-member.ts';
import { stringRule } from '../validation/rules.ts';
import { type Action, readParameters } from './parameters.ts';

/** Accepts a new password. */
export const answerChangePassword: Action = (call, parameters) => {
  const { adminPass = null } = readParameters<PasswordOrder>(call, 'changePassword', parameters, CHANGE_MEMBERS, {});
  const server = findServer(call);
  refuseBusyServer(call.cloud, server, 'changePassword', ['active']);
  server.adminPassword = adminPass;
  return jsonAnswer(202);
};

/** Starts a server from its rescue disk; responds with the password of the rescue system. */
export const answerRescue: Action = (call, parameters) => {
  const { cloud } = call;
  const { adminPass = makeAdminPassword() } =
    parameters === null ? {} : readParameters<PasswordOrder>(call, 'rescue', parameters, RESCUE_MEMBERS, {});
  const server = findServer(call);
  refuseBusyServer(cloud, server, 'rescue', ['active', 'stopped', 'error']);
  moveTo(server, cloud.now(), 'rescued');
  return jsonAnswer(200, { adminPass });
};

interface PasswordOrder {
  adminPass?: string;
  rescueImage?: string;
}

const CHANGE_MEMBERS: readonly RequestMember<PasswordOrder>[] = [
  member('adminPass', stringRule(), 'adminPass', { required: true }),
];

const RESCUE_MEMBERS: readonly RequestMember<PasswordOrder>[] = [
  member('adminPass', stringRule(), 'adminPass'),
  member('rescue_image_ref', stringRule(), 'rescueImage'),
];
