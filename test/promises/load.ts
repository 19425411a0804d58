import { Agent, request } from 'node:http';
import { inTime } from '../support/in-time.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { markOf } from './chaos-call.ts';

/** The end of one request of a load. */
export interface Ended {
  readonly number: number;
  readonly kind: 'answered' | 'refused' | 'broken';
  readonly status: number;
  readonly body: string;
  /** True where the answer says `Connection: close`. */
  readonly closes: boolean;
  /** True where the connection had carried a request before. */
  readonly isReused: boolean;
  readonly error: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Callers that send one request after the other until they are stopped. */
export interface Load {
  readonly ended: readonly Ended[];
  /** Stops after the running requests have ended. */
  stop(): Promise<void>;
}

/** Play while callers send requests; the load is gone afterwards, also where `play` fails. */
export async function underLoad(
  url: string,
  callers: number,
  kinds: readonly Kind[],
  play: (load: Load) => Promise<void>,
): Promise<void> {
  const { load, cut } = startLoad(url, callers, kinds);
  try {
    await play(load);
  } finally {
    await cut();
  }
}

/** Start callers, the first half of them with keep-alive connections. A refused request is sent again after a pause. */
function startLoad(
  url: string,
  callers: number,
  kinds: readonly Kind[],
): { readonly load: Load; readonly cut: () => Promise<void> } {
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
  const stop = async (): Promise<void> => {
    stopping.abort();
    await inTime(all, 'requests of the load have not ended');
    for (const agent of agents) agent.destroy();
  };
  const cut = async (): Promise<void> => {
    stopping.abort();
    // Ends the running requests, too: their gateway may be gone, or stopped.
    for (const agent of agents) agent.destroy();
    await all;
  };
  return { load: { ended, stop }, cut };
}

/** The kinds of requests that a load is made of. */
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
