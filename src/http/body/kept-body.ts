import type { IncomingMessage } from 'node:http';
import type { ReadBody } from './read-body.ts';

const kept = new WeakMap<IncomingMessage, ReadBody>();

/** Keeps what was read of a body that then turned out to be nobody's, so that the forwarding road can send it first. */
export function keepForForwarding(request: IncomingMessage, body: ReadBody): void {
  kept.set(request, body);
}

/** What was read of the body already. */
export function keptBody(request: IncomingMessage): ReadBody | undefined {
  return kept.get(request);
}
