import { createServer, type Socket } from 'node:net';
import { marksIn } from './chaos-call.ts';
import { fateOf, type Plan } from './chaos-plan.ts';
import { actsAt, answerAs, reset } from './chaos-answers.ts';
import { readRequest, type ReadRequest } from './read-request.ts';

/** One time that the cloud saw an exchange. */
export interface Sighting {
  readonly method: string;
  /** Whether the whole request came. */
  isWhole: boolean;
  /** Whether a head of an answer was written, so that a caller may have some of it. */
  isBegun: boolean;
  /** Whether the whole answer was written, and its connection not reset. */
  isAnswered: boolean;
}

/** A cloud that breaks as planned, and remembers each sighting of each exchange. */
export interface ChaosCloud {
  readonly url: string;
  readonly seen: ReadonlyMap<number, readonly Sighting[]>;
  /** Requests that must never arrive: they mix two exchanges, or belong to none. */
  readonly strange: readonly string[];
  /** Refuses connections for a while, in milliseconds. */
  refuse(ms: number): void;
  stop(): Promise<void>;
}

/** A request of which a part has arrived. */
interface Coming {
  readonly plan: Plan;
  readonly sighting: Sighting;
  /** The number of bytes of the request after which the cloud acts; undefined if it waits for all. */
  readonly actsAt: number | undefined;
  hasActed: boolean;
}

/** Start the cloud. */
export async function startChaosCloud(seed: number, planOf: (number: number) => Plan): Promise<ChaosCloud> {
  const seen = new Map<number, Sighting[]>();
  const strange: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const see = (number: number, method: string): Sighting => {
    const sighting = { method, isWhole: false, isBegun: false, isAnswered: false };
    seen.set(number, [...(seen.get(number) ?? []), sighting]);
    return sighting;
  };

  const begin = (read: ReadRequest): Coming | undefined => {
    const [number, ...others] = [...new Set(marksIn(read.head))];
    if (number === undefined || others.length > 0) {
      strange.push(`a request of ${others.length + 1} exchanges: ${read.head}`);
      return undefined;
    }
    const plan = planOf(number);
    const bodyLength = plan.call.body.length;
    return { plan, sighting: see(number, read.method), actsAt: actsAt(plan, read, bodyLength), hasActed: false };
  };

  const serve = (socket: Socket): void => {
    connections += 1;
    const { fate, after, random } = fateOf(seed, connections);
    let received: Buffer = Buffer.alloc(0);
    let total = 0;
    let coming: Coming | undefined;
    let ending: 'close' | 'reset' | undefined;
    sockets.add(socket);
    socket.on('error', () => undefined).on('end', () => socket.end());
    socket.on('close', () => {
      sockets.delete(socket);
      // A beginning of a request is one, too.
      const [number] = coming === undefined ? marksIn(received.toString('latin1')) : [];
      if (number !== undefined) see(number, /^[A-Z]+/.exec(received.toString('latin1'))?.[0] ?? '');
    });
    if (fate === 'resets at once') return reset(socket);
    if (fate === 'closes at once') return void socket.destroy();
    if (fate === 'reads nothing') return void socket.pause();

    const act = (of: Coming): void => {
      of.hasActed = true;
      void answerAs(socket, of.plan, of.sighting, random, (how) => (ending = how));
    };
    const look = (): void => {
      for (;;) {
        const read = readRequest(received);
        if (read === undefined) return;
        coming ??= begin(read);
        if (coming === undefined) return void socket.destroy();
        const { plan, sighting } = coming;
        if (!coming.hasActed && coming.actsAt !== undefined && received.length >= coming.actsAt) act(coming);
        if (read.end === undefined) return;
        sighting.isWhole = true;
        if (read.body.length > 0 && marksIn(read.body).some((number) => number !== plan.number))
          strange.push(`a body of another exchange than ${plan.number}`);
        if (read.method !== 'GET' && read.body === '' && plan.call.body !== '')
          strange.push(`no body of ${plan.number}`);
        if (!coming.hasActed) act(coming);
        received = received.subarray(read.end);
        coming = undefined;
      }
    };
    socket.on('data', (chunk: Buffer) => {
      total += chunk.length;
      received = Buffer.concat([received, chunk]);
      if (ending === 'reset') reset(socket);
      else if (ending === 'close') socket.destroy();
      else look();
      if (fate === 'resets after some bytes' && total > after) reset(socket);
      if (fate === 'closes after some bytes' && total > after) socket.destroy();
    });
  };

  // Below the ports that systems give to connections: nobody takes it while the cloud refuses.
  let port = 20_000 + (process.pid % 10_000);
  let isStopped = false;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, serve);
  const tried = (): Promise<boolean> =>
    new Promise((resolve) => {
      const fail = (): void => resolve(false);
      server.once('error', fail);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', fail);
        resolve(true);
      });
    });
  while (!(await tried())) port += 1;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    strange,
    refuse: (ms) => {
      if (!server.listening) return;
      server.close();
      setTimeout(() => {
        if (!isStopped && !server.listening) void tried();
      }, ms);
    },
    stop: () =>
      new Promise((resolve) => {
        isStopped = true;
        if (server.listening) server.close(() => resolve());
        else resolve();
        for (const socket of sockets) socket.destroy();
      }),
  };
}
