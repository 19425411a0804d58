import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { inTime } from './in-time.ts';

/** Resolve with the next message on a channel on which node or undici announce what they do in this process. */
export function published(channel: string): Promise<void> {
  return heard(channel, () => true);
}

/**
 * Resolve when a server of this process has received this many more requests, and has had its turns to work on them. No event
 * announces that a request waits at the gateway; by then it does.
 * @param from counts only the requests on this connection, and ends with it: node refuses some requests without announcing them
 */
export async function received(url: string, count = 1, from?: Socket): Promise<void> {
  const port = Number(new URL(url).port);
  let left = count;
  await heard(
    'http.server.request.start',
    (message) => {
      // Node publishes the request beside others.
      const { request } = message as { request: IncomingMessage };
      const isFrom = from === undefined || from.localPort === request.socket.remotePort;
      if (request.socket.localPort === port && isFrom) left -= 1;
      return left === 0;
    },
    from,
  );
  await turns();
}

/** Let the event loop turn often enough for this process to read, and to work on, what has been written to its sockets. */
export async function turns(): Promise<void> {
  for (let n = 0; n < 20; n += 1) await turn();
}

function heard(channel: string, isEnough: (message: unknown) => boolean, until?: Socket): Promise<void> {
  const waiting = new Promise<void>((resolve) => {
    const end = (): void => {
      unsubscribe(channel, hear);
      resolve();
    };
    const hear = (message: unknown): void => (isEnough(message) ? end() : undefined);
    subscribe(channel, hear);
    until?.once('close', end);
  });
  return inTime(waiting, `nothing is published on ${channel}`);
}
