import type { Call } from '../call/call.ts';
import { bestOffer } from '../http/accept.ts';
import { type Answer, jsonAnswer, withHeaders } from '../http/answer.ts';
import { type ServerRecord, stateAt } from '../state/server-record.ts';
import { findServer } from './find-server.ts';
import { SERVER_MEMBERS, type ServerView } from './server-members.ts';

/** Respond to GET /servers/{id}. */
export function answerShow(call: Call): Answer {
  return serverAnswer(call, 200, viewOf(call, findServer(call), 'show'));
}

/** Collect the current state of a server for a response. */
export function viewOf(call: Call, server: ServerRecord, reply: ServerView['reply']): ServerView {
  const { cloud, links, scope } = call;
  return { server, state: stateAt(server, cloud.now()), profile: cloud.profile, links, minor: scope.minor, reply };
}

/** Create the object of a server with the members of the microversion. */
export function serverDocument(view: ServerView): Readonly<Record<string, unknown>> {
  const members = SERVER_MEMBERS.filter((member) => view.minor >= member[view.reply]);
  return Object.fromEntries(members.map(({ name, value }) => [name, value(view)]));
}

/** Create a response with a server, in the JSON media type that the caller prefers. */
export function serverAnswer({ incoming }: Call, status: number, view: ServerView): Answer {
  const type = bestOffer(incoming.received.headers.accept, MEDIA_TYPES) ?? MEDIA_TYPES[0];
  return withHeaders(jsonAnswer(status, { server: serverDocument(view) }), { 'Content-Type': type });
}

const MEDIA_TYPES = ['application/json', 'application/vnd.openstack.compute+json'] as const;
