import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { call } from '../support/http.ts';

/** A gateway as the balancer knows it. */
export interface Backend {
  readonly url: string;
  readonly adminUrl: string;
}

/** Passes connections on to gateways in turn, to those that say that they are ready. */
export interface Balancer {
  readonly url: string;
  add(backend: Backend): Promise<void>;
  remove(backend: Backend): void;
  stop(): Promise<void>;
}

/** The interval of the health checks of each gateway, in milliseconds. */
const checkMs = 25;

/** Start a balancer of TCP connections; it knows nothing of HTTP but `/readyz`. */
export async function startBalancer(): Promise<Balancer> {
  const backends: { readonly backend: Backend; isReady: boolean }[] = [];
  const sockets = new Set<Socket>();
  let turn = 0;

  const check = async (entry: (typeof backends)[number]): Promise<void> => {
    const status = await call(entry.backend.adminUrl, { method: 'GET', path: '/readyz' }).then(
      (answer) => answer.status,
      () => 0,
    );
    entry.isReady = status === 200;
  };
  const timer = setInterval(() => void Promise.all(backends.map(check)), checkMs);

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (caller) => {
    // Try the next backend if one refuses the connection: nothing was sent to it.
    const candidates = backends.filter(({ isReady }) => isReady);
    turn += 1;
    const order = candidates.map((_, index) => candidates[(index + turn) % candidates.length]);
    sockets.add(caller);
    caller.on('close', () => sockets.delete(caller)).on('error', () => undefined);
    const tryNext = (): void => {
      const next = order.shift();
      if (next === undefined) return void caller.resetAndDestroy();
      const { hostname, port } = new URL(next.backend.url);
      let isConnected = false;
      const inner = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true }, () => {
        isConnected = true;
        caller.pipe(inner).pipe(caller);
      });
      sockets.add(inner);
      inner.on('error', () => (isConnected ? caller.resetAndDestroy() : tryNext()));
      inner.on('close', () => {
        sockets.delete(inner);
        if (isConnected) caller.end();
      });
      caller.once('close', () => inner.destroy());
    };
    tryNext();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    add: async (backend) => {
      const entry = { backend, isReady: false };
      await check(entry);
      backends.push(entry);
    },
    remove: (backend) => {
      backends.splice(
        backends.findIndex((entry) => entry.backend === backend),
        1,
      );
    },
    stop: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
