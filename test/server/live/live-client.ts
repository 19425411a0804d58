import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { createChanges } from '../../support/changes.ts';
import { inTime } from '../../support/in-time.ts';

/** An event of a stream. */
export interface LiveEvent {
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** A reader of the stream of exchanges. */
export interface LiveClient {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly answer: IncomingMessage;
  readonly events: readonly LiveEvent[];
  /** The text of the stream so far. */
  readonly text: () => string;
  /** Resolves when the stream has this many events of a name. */
  readonly has: (name: string, count?: number) => Promise<void>;
  /** Resolves when the stream has ended. */
  readonly ended: () => Promise<void>;
  readonly leave: () => void;
}

/** Read the stream of exchanges. @param isReading false for a reader that reads nothing before `answer.resume()` */
export async function readLive(
  adminUrl: string,
  headers: Readonly<Record<string, string>>,
  isReading = true,
): Promise<LiveClient> {
  const { changed, until } = createChanges();
  const events: LiveEvent[] = [];
  let [text, rest, isEnded] = ['', '', false];
  const end = (): void => {
    isEnded = true;
    changed();
  };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent: ClientRequest = request(`${adminUrl}/api/live`, { headers: { ...headers }, agent: false }, resolve);
  sent.once('error', reject).end();
  const answer = await inTime(promise, 'the stream does not begin');
  answer.setEncoding('utf8').once('close', end).on('error', end);
  const receive = (piece: string): void => {
    text += piece;
    const parts = `${rest}${piece}`.split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      // Each event has an object.
      if (name !== undefined) events.push({ name, data: JSON.parse(data ?? '') as LiveEvent['data'] });
    }
    changed();
  };
  answer.on('data', receive);
  if (!isReading) answer.pause();
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    answer,
    events,
    text: () => text,
    has: (name, count = 1) =>
      inTime(
        until(() => events.filter((event) => event.name === name).length >= count),
        `the stream has no ${count} events ${name}`,
      ),
    ended: () =>
      inTime(
        until(() => isEnded),
        'the stream does not end',
      ),
    leave: () => sent.destroy(),
  };
}
