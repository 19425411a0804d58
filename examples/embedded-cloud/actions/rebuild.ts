import type { Call } from '../call/call.ts';
import { type Answer, withHeaders } from '../http/answer.ts';
import { makeAdminPassword } from '../servers/admin-password.ts';
import { findServer } from '../servers/find-server.ts';
import { refuseHalfFiles, refuseOverQuota } from '../checks/quotas.ts';
import { refuseBusyServer } from '../checks/refuse-busy-server.ts';
import { refuseForProfile } from '../checks/refuse-for-profile.ts';
import { serverAnswer, viewOf } from '../servers/server-answer.ts';
import type { CloudState } from '../state/cloud-state.ts';
import { type ServerRecord, startTask, stateAt } from '../state/server-record.ts';
import { readMembers, throwRefusal } from '../validation/request-member.ts';
import { REBUILD_MEMBERS, type RebuildOrder } from './rebuild-members.ts';
import { refuseFromError, refuseOtherImage, refuseUnknown } from './rebuild-refusals.ts';

/** Accept a rebuild with a 202 and the server in REBUILD; check in the order of Nova. */
export function answerRebuild(call: Call, parameters: unknown): Answer {
  const { cloud, links } = call;
  refuseForProfile(cloud.profile, 'rebuild', parameters);
  const order: RebuildOrder = { imageRef: '' };
  throwRefusal(readMembers(REBUILD_MEMBERS, parameters, ['rebuild'], order, call.scope));
  const server = findServer(call);
  refuseHalfFiles(order);
  refuseFromError(cloud, server);
  refuseBusyServer(cloud, server, 'rebuild', ['active', 'stopped', 'error']);
  refuseUnknown(cloud, order);
  refuseOtherImage(cloud, server, order, call.scope.minor);
  refuseOverQuota(order);
  applyOrder(cloud, server, order);
  const adminPass = order.adminPass ?? makeAdminPassword();
  if (cloud.profile.setsPassword) server.adminPassword = adminPass;
  const answer = serverAnswer(call, 202, { ...viewOf(call, server, 'rebuild'), adminPass });
  return cloud.profile.sendsLocation ? withHeaders(answer, { Location: links.self('servers', server.id) }) : answer;
}

function applyOrder(cloud: CloudState, server: ServerRecord, order: RebuildOrder): void {
  const fails = order.preserveEphemeral === true;
  const now = cloud.now();
  const goal = stateAt(server, now).vmState === 'stopped' ? 'stopped' : 'active';
  startTask(server, now, cloud.rebuildMs, { name: 'rebuilding', ends: fails ? 'error' : goal });
  server.fault = fails ? NOT_PRESERVED : null;
  server.imageRef = server.imageRef === '' ? '' : order.imageRef;
  server.name = order.name?.trim() ?? server.name;
  server.hostname = order.hostname ?? server.hostname;
  server.metadata = order.metadata ?? server.metadata;
  server.accessIPv4 = order.accessIPv4 ?? server.accessIPv4;
  server.accessIPv6 = order.accessIPv6 ?? server.accessIPv6;
  server.diskConfig = order.diskConfig ?? 'MANUAL';
  server.description = orKept(order.description, server.description);
  server.keyName = orKept(order.keyName, server.keyName);
  server.userData = orKept(order.userData, server.userData);
  server.certificates = orKept(order.certificates, server.certificates);
}

const NOT_PRESERVED = {
  code: 400,
  message: 'The current driver does not support preserving ephemeral partitions.',
};

/** Return the new value, or the old one if the request has none; null removes it. */
function orKept<T>(ordered: T | null | undefined, kept: T | null): T | null {
  return ordered === undefined ? kept : ordered;
}
