import type { Call } from '../call/call.ts';
import { objectMember, readBody } from '../call/read-body.ts';
import type { Answer } from '../http/answer.ts';
import { parseJsonBody } from '../http/received-request.ts';
import { type RequestMember, isObject, member } from '../validation/request-member.ts';
import { nullOr, oneOf } from '../validation/rules.ts';
import { findServer } from './find-server.ts';
import { refuseForProfile } from '../checks/refuse-for-profile.ts';
import { serverAnswer, viewOf } from './server-answer.ts';
import { descriptionRule, hostnameRule, ipv4Rule, ipv6Rule, serverNameRule } from '../checks/server-rules.ts';

/** Respond to PUT /servers/{id} with the changed server. */
export function answerUpdateServer(call: Call): Answer {
  const document = parseJsonBody(call.incoming);
  refuseForProfile(call.cloud.profile, 'update', isObject(document) ? document['server'] : undefined);
  const order: UpdateOrder = readBody(call, [objectMember('server', UPDATE_MEMBERS)], {});
  const server = findServer(call);
  server.name = order.name?.trim() ?? server.name;
  server.accessIPv4 = order.accessIPv4 ?? server.accessIPv4;
  server.accessIPv6 = order.accessIPv6 ?? server.accessIPv6;
  server.diskConfig = order.diskConfig ?? server.diskConfig;
  server.hostname = order.hostname ?? server.hostname;
  server.description = order.description === undefined ? server.description : order.description;
  server.updated = call.cloud.now();
  return serverAnswer(call, 200, viewOf(call, server, 'update'));
}

interface UpdateOrder {
  name?: string;
  accessIPv4?: string;
  accessIPv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
  description?: string | null;
  hostname?: string;
}

const UPDATE_MEMBERS: readonly RequestMember<UpdateOrder>[] = [
  member('name', serverNameRule, 'name'),
  member('OS-DCF:diskConfig', oneOf('AUTO', 'MANUAL'), 'diskConfig'),
  member('accessIPv4', ipv4Rule, 'accessIPv4'),
  member('accessIPv6', ipv6Rule, 'accessIPv6'),
  member('description', nullOr('string', descriptionRule), 'description', { since: 19 }),
  member('hostname', hostnameRule, 'hostname', { since: 90 }),
];
