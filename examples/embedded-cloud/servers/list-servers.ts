import type { Call } from '../call/call.ts';
import { type Filter, filtered } from '../call/filters.ts';
import { pageDocument, pageOf } from '../call/page.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { type ServerRecord, stateAt } from '../state/server-record.ts';
import { serverDocument, viewOf } from './server-answer.ts';

/** Respond to GET /servers with names and links. */
export function answerServers(call: Call): Answer {
  const page = pageOf(call, 'servers', chosenServers(call));
  const write = ({ id, name }: ServerRecord): unknown => ({ id, name, links: call.links.both('servers', id) });
  return jsonAnswer(200, pageDocument('servers', page, write));
}

/** Respond to GET /servers/detail. */
export function answerServersDetail(call: Call): Answer {
  const page = pageOf(call, 'servers/detail', chosenServers(call));
  const write = (server: ServerRecord): unknown => serverDocument(viewOf(call, server, 'detail'));
  return jsonAnswer(200, pageDocument('servers', page, write));
}

/** Select the servers that pass the query's filters, the newest first. */
function chosenServers({ cloud, query }: Call): readonly ServerRecord[] {
  const servers = filtered([...cloud.servers.values()], query, {
    ...FILTERS,
    status: (server, status) => stateAt(server, cloud.now()).status === status.toUpperCase(),
    'changes-since': (server, time) => stateAt(server, cloud.now()).updated >= timeOf(time),
  });
  return servers.toSorted((one, other) => Date.parse(other.created) - Date.parse(one.created));
}

const FILTERS: Readonly<Record<string, Filter<ServerRecord>>> = {
  name: ({ name }, expression) => name.includes(expression) || matches(name, expression),
  image: ({ imageRef }, id) => imageRef === id,
  flavor: ({ flavorId }, id) => flavorId === id,
  ip: ({ address }, expression) => matches(address, expression),
};

/** Test a text against an expression, as Nova's database does; an expression that cannot be read matches nothing. */
function matches(text: string, expression: string): boolean {
  try {
    return new RegExp(expression).test(text);
  } catch {
    return false;
  }
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new CloudFault(
    400,
    `Invalid input for query parameters changes-since. Value: ${text}. '${text}' is not a 'date-time'`,
  );
}
