import { attribute, element, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const inAttribute = attribute(string());
const inElement = element(string());

const listed = record({
  url: inAttribute,
  hypervisor: inAttribute,
  md5hash: inAttribute,
  version: inAttribute,
  architecture: inAttribute,
  os: inAttribute,
  agent_id: inAttribute,
});

/** The builds of the agent inside of servers: GET os-agents. */
export const listAgents = {
  name: 'listAgents',
  method: 'GET',
  route: 'os-agents',
  answer: { root: 'agents', content: list(listed, { tag: 'agent' }), ...none },
  status: 200,
} as const satisfies Operation;

const word = element(string({ format: 'trimmed' }), { eitherWay: true, required: true });
const build = { url: word, md5hash: word, version: word };

/** Adds a build of the agent: POST os-agents. */
export const createAgent = {
  name: 'createAgent',
  method: 'POST',
  route: 'os-agents',
  request: {
    root: 'agent',
    content: record({ hypervisor: word, os: word, architecture: word, ...build }),
    ...none,
  },
  answer: {
    root: 'agent',
    content: record({
      url: inElement,
      hypervisor: inElement,
      md5hash: inElement,
      version: inElement,
      architecture: inElement,
      os: inElement,
      agent_id: inElement,
    }),
    isUndeclared: true,
    ...none,
  },
  status: 200,
} as const satisfies Operation;

/** Puts another build in the place of one: PUT os-agents/{agent_id}. */
export const updateAgent = {
  name: 'updateAgent',
  method: 'PUT',
  route: 'os-agents/{agent_id}',
  request: { root: 'para', content: record(build), ...none },
  answer: {
    root: 'agent',
    content: record({ url: inElement, version: inElement, agent_id: inElement, md5hash: inElement }),
    isUndeclared: true,
    ...none,
  },
  status: 200,
} as const satisfies Operation;

/** Removes a build of the agent: DELETE os-agents/{agent_id}. */
export const deleteAgent = {
  name: 'deleteAgent',
  method: 'DELETE',
  route: 'os-agents/{agent_id}',
  status: 200,
} as const satisfies Operation;
