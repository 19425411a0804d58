import { type Call, parameter, refuseForeignProject } from '../call/call.ts';
import type { Answer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { malformedBody, parseJsonBody } from '../http/received-request.ts';
import { pythonLength } from '../python/length.ts';
import { recordAction } from '../servers/instance-actions.ts';
import { refuseThrottled } from '../checks/refuse-throttled.ts';
import { isObject } from '../validation/request-member.ts';
import { ACTIONS } from './actions.ts';

/** Respond to POST /servers/{id}/action, whose body has one member, named like the action. */
export function answerAction(call: Call): Answer {
  const [name, parameters] = onlyMember(parseJsonBody(call.incoming));
  const action = ACTIONS.get(name);
  if (action === undefined) throw new CloudFault(400, `There is no such action: ${name}`);
  refuseForeignProject(call);
  refuseThrottled(call);
  const server = call.cloud.servers.get(parameter(call, 'server'));
  const answer = action(call, parameters);
  if (server !== undefined && !UNRECORDED.test(name)) recordAction(call, server, name);
  return answer;
}

/** The actions that only look. */
const UNRECORDED = /^os-get/;

/** Find the member; Nova checks the length before the type, so a number, null or a list of one item is a 404. */
function onlyMember(document: unknown): readonly [string, unknown] {
  const length = lengthOf(document);
  if (length !== undefined && length !== 1) throw malformedBody();
  const [member] = isObject(document) ? Object.entries(document) : [];
  if (member === undefined) throw new CloudFault(404, 'The resource could not be found.');
  return member;
}

function lengthOf(document: unknown): number | undefined {
  if (typeof document === 'string') return pythonLength(document);
  return typeof document === 'object' && document !== null ? Object.keys(document).length : undefined;
}
