import { randomUUID } from 'node:crypto';
import type { Call } from '../call/call.ts';
import { objectMember, readBody } from '../call/read-body.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { findServer } from '../servers/find-server.ts';
import { type RequestMember, type Rule, accepted, member } from '../validation/request-member.ts';
import { stringRule } from '../validation/rules.ts';
import { type Action, readParameters } from './parameters.ts';

const LINES = ['cloud-init: modules:final', 'login: ready', 'demo login:'] as const;

/** Responds with the last lines of the console. */
export const answerConsoleOutput: Action = (call, parameters) => {
  const members = [member<OutputOrder, 'length'>('length', anything, 'length')];
  const { length } = readParameters<OutputOrder>(call, 'os-getConsoleOutput', parameters, members, {});
  findServer(call);
  const count = length === undefined || length === null ? LINES.length : Number(length);
  return jsonAnswer(200, { output: count === 0 ? '' : LINES.slice(-count).join('\n') });
};

/** Responds with the URL of a console in the browser. */
export const answerVncConsole: Action = (call, parameters) => {
  const type = typeOf(call, 'os-getVNCConsole', parameters);
  findServer(call);
  return jsonAnswer(200, { console: { type, url: vncUrl() } });
};

/** Respond to POST /servers/{id}/remote-consoles, which replaced the actions. */
export function answerRemoteConsole(call: Call): Answer {
  const order = readBody(call, REMOTE_MEMBERS, { type: '', protocol: '' });
  findServer(call);
  if (order.protocol !== 'vnc') throw new CloudFault(400, `Unavailable console type ${order.type}.`);
  const { protocol, type } = order;
  return jsonAnswer(200, { remote_console: { protocol, type, url: vncUrl() } });
}

/** Refuses a console of a kind that the hypervisor does not have. */
export const answerUnavailableConsole: Action = (call, parameters) => {
  const type = typeOf(call, 'console', parameters);
  findServer(call);
  throw new CloudFault(400, `Unavailable console type ${type}.`);
};

function vncUrl(): string {
  return `http://console.example.com/vnc_auto.html?path=%3Ftoken%3D${randomUUID()}`;
}

interface OutputOrder {
  length?: unknown;
}

interface ConsoleOrder {
  type: string;
}

interface RemoteOrder extends ConsoleOrder {
  protocol: string;
}

const REMOTE_MEMBERS: readonly RequestMember<RemoteOrder>[] = [
  objectMember('remote_console', [
    member('protocol', stringRule(), 'protocol', { required: true }),
    member('type', stringRule(), 'type', { required: true }),
  ]),
];

const anything: Rule<unknown> = (value) => accepted(value);

const CONSOLE_MEMBERS: readonly RequestMember<ConsoleOrder>[] = [
  member('type', stringRule(), 'type', { required: true }),
];

function typeOf(call: Call, action: string, parameters: unknown): string {
  return readParameters(call, action, parameters, CONSOLE_MEMBERS, { type: '' }).type;
}
