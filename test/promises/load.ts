import { Agent, request } from 'node:http';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { markOf } from './chaos-call.ts';

/** How one request of a load ended. */
export interface Ended {
  readonly number: number;
  readonly kind: 'answered' | 'refused' | 'broken';
  readonly status: number;
  readonly body: string;
  /** Whether the answer says that its connection closes. */
  readonly closes: boolean;
  /** Whether it went on a connection that had been used before. */
  readonly isReused: boolean;
  readonly error: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Callers that ask one request after the other until they are stopped. */
export interface Load {
  readonly ended: readonly Ended[];
  /** Ends after the running requests. */
  stop(): Promise<void>;
}

/** Starts callers, the first half of them with connections that stay. What is refused is asked again after a moment. */
export function startLoad(url: string, callers: number, kinds: readonly Kind[]): Load {
  const ended: Ended[] = [];
  const stopping = new AbortController();
  let next = 0;
  const agents: Agent[] = [];
  const work = async (caller: number): Promise<void> => {
    const agent = new Agent({ keepAlive: caller < callers / 2, maxSockets: 1 });
    agents.push(agent);
    while (!stopping.signal.aborted) {
      const number = next++;
      const kind = kinds[number % kinds.length];
      if (kind === undefined) throw new Error('no kind of load');
      const one = await ask(url, agent, number, kind);
      ended.push(one);
      if (one.kind !== 'answered') await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const all = Promise.all(Array.from({ length: callers }, (_, caller) => work(caller)));
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await all;
      for (const agent of agents) agent.destroy();
    },
  };
}

/** What is asked. */
export type Kind = 'xml' | 'json' | 'forwarded';

function ask(url: string, agent: Agent, number: number, kind: Kind): Promise<Ended> {
  const { path, headers, body } =
    kind === 'forwarded'
      ? { path: '/v2/p/os-gadgets', headers: { 'Content-Type': 'application/json' }, body: '{"gadget": {}}' }
      : rebuildRequest(kind);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let [status, text, closes, isConnected] = [0, '', false, false];
    const outgoing = request(new URL(url), {
      method: 'POST',
      path,
      headers: { ...headers, 'X-Mark': markOf(number) },
      agent,
    });
    const end = (how: Ended['kind'], error = ''): void =>
      resolve({
        number,
        kind: how,
        status,
        body: text,
        closes,
        isReused: outgoing.reusedSocket,
        error,
        startedAt,
        endedAt: performance.now(),
      });
    const fail = (error: NodeJS.ErrnoException): void =>
      end(error.code === 'ECONNREFUSED' && !isConnected ? 'refused' : 'broken', error.code ?? error.message);
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (isConnected = true));
      else isConnected = true;
    });
    outgoing.on('error', fail);
    outgoing.on('response', (answer) => {
      status = answer.statusCode ?? 0;
      closes = answer.headers.connection === 'close';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('error', fail).on('end', () => end('answered'));
    });
    outgoing.end(body);
  });
}
