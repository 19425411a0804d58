import { attribute, element, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { requiredEitherWay, trimmed } from '../resources/request-scalars.ts';

const textAttribute = attribute(string());
const textElement = element(string());

const agent = record({
  url: textAttribute,
  hypervisor: textAttribute,
  md5hash: textAttribute,
  version: textAttribute,
  architecture: textAttribute,
  os: textAttribute,
  agent_id: textAttribute,
});

/** List the builds of the guest agent, by hypervisor and architecture. */
export const listAgents = {
  name: 'listAgents',
  method: 'GET',
  route: 'os-agents',
  answer: { root: 'agents', content: list(agent, { tag: 'agent' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

const requiredText = element(trimmed, requiredEitherWay);
const build = { url: requiredText, md5hash: requiredText, version: requiredText };

/** Register a build of the guest agent. */
export const createAgent = {
  name: 'createAgent',
  method: 'POST',
  route: 'os-agents',
  request: {
    root: 'agent',
    content: record({ hypervisor: requiredText, os: requiredText, architecture: requiredText, ...build }),
    ...noNamespace,
  },
  answer: {
    root: 'agent',
    content: record({
      url: textElement,
      hypervisor: textElement,
      md5hash: textElement,
      version: textElement,
      architecture: textElement,
      os: textElement,
      agent_id: textElement,
    }),
    isUndeclared: true,
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;

/** Replace the URL, checksum and version of a guest agent build. */
export const updateAgent = {
  name: 'updateAgent',
  method: 'PUT',
  route: 'os-agents/{agent_id}',
  request: { root: 'para', content: record(build), ...noNamespace },
  answer: {
    root: 'agent',
    content: record({ url: textElement, version: textElement, agent_id: textElement, md5hash: textElement }),
    isUndeclared: true,
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;

/** Remove a build of the guest agent. */
export const deleteAgent = {
  name: 'deleteAgent',
  method: 'DELETE',
  route: 'os-agents/{agent_id}',
  status: 200,
} as const satisfies Operation;
