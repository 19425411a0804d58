import { type Answer, withHeaders } from '../http/answer.ts';
import { refuseBusyServer } from '../servers/refuse-busy-server.ts';
import { serverAnswer, viewOf } from '../servers/server-answer.ts';
import { type ServerCall, type CloudState, findServer } from '../servers/server-call.ts';
import { type ServerRecord, stateAt } from '../state/server-record.ts';
import { readMembers, throwRefusal } from '../validation/request-member.ts';
import { makeAdminPassword } from './admin-password.ts';
import { REBUILD_MEMBERS, type RebuildOrder } from './rebuild-members.ts';
import { refuseForProfile, refuseHalfFiles, refuseOverQuota, refuseUnknown } from './rebuild-refusals.ts';

/** Accepts a rebuild with a 202 and the server in REBUILD; checks in the order of Nova. */
export function answerRebuild(call: ServerCall, parameters: unknown): Answer {
  const { cloud, links } = call;
  refuseForProfile(cloud.profile, parameters);
  const order: RebuildOrder = { imageRef: '' };
  throwRefusal(readMembers(REBUILD_MEMBERS, parameters, ['rebuild'], order, call.scope));
  const server = findServer(call);
  refuseHalfFiles(order);
  refuseBusyServer(cloud, server, 'rebuild');
  refuseUnknown(cloud, order);
  refuseOverQuota(order);
  applyOrder(cloud, server, order);
  const adminPass = order.adminPass ?? makeAdminPassword();
  if (cloud.profile.setsPassword) server.adminPassword = adminPass;
  const answer = serverAnswer(call, 202, { ...viewOf(call, server, 'rebuild'), adminPass });
  return cloud.profile.sendsLocation ? withHeaders(answer, { Location: links.self('servers', server.id) }) : answer;
}

function applyOrder(cloud: CloudState, server: ServerRecord, order: RebuildOrder): void {
  const now = cloud.now();
  server.vmState = stateAt(server, now).vmState;
  server.updated = now;
  server.rebuild = { until: now + cloud.rebuildMs, ends: order.preserveEphemeral === true ? 'error' : 'active' };
  server.imageRef = order.imageRef;
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

/** Returns the new value, or the old one if the request has none; null removes it. */
function orKept<T>(ordered: T | null | undefined, kept: T | null): T | null {
  return ordered === undefined ? kept : ordered;
}
