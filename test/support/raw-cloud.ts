import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { within } from './within.ts';

/** One step of what the cloud does with a connection. */
export type Step =
  /** Waits for the next whole request. */
  | { readonly kind: 'read' }
  /** Waits for the end of the next request's head. */
  | { readonly kind: 'read-head' }
  | { readonly kind: 'write'; readonly bytes: string | Buffer }
  /** Waits, in milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Waits until a test says so. */
  | { readonly kind: 'wait'; readonly until: Promise<void> }
  /** Ends the connection in order. */
  | { readonly kind: 'close' }
  | { readonly kind: 'reset' }
  /** Says nothing more, and leaves the connection open. */
  | { readonly kind: 'silent' };

/** A connection as the cloud sees it. */
export interface RawConnection {
  /** All that was received, as it came. */
  bytes(): Buffer;
  isClosed(): boolean;
}

/** A cloud that follows a script to the byte, and remembers what it was sent. */
export interface RawCloud {
  readonly url: string;
  readonly connections: readonly RawConnection[];
  /** The start lines of all requests that were received, whole or not. */
  requests(): string[];
  /** The scripts of the connections to come, in order; afterwards the last one again. */
  script(...connections: readonly (readonly Step[])[]): void;
  /** Resolves when the condition holds; it is asked whenever something happens on a connection. */
  until(condition: () => boolean): Promise<void>;
  /** Refuses connections from now on; the running ones go on. */
  refuse(): void;
  stop(): Promise<void>;
}

/** Reads a request, then sends these bytes and ends the connection. */
export function answering(...bytes: readonly (string | Buffer)[]): Step[] {
  return [{ kind: 'read' }, ...bytes.map((piece) => ({ kind: 'write', bytes: piece }) as const), { kind: 'close' }];
}

/** An answer in the bytes of HTTP/1.1, with its length. */
export function httpAnswer(
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const all = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}

/** Starts a raw cloud on a free port. */
export async function startRawCloud(...scripts: readonly (readonly Step[])[]): Promise<RawCloud> {
  let coming = [...scripts];
  const connections: RawConnection[] = [];
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();
  const changed = (): void => watchers.forEach((watch) => watch());
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watch = (): void => {
        if (!condition()) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const [script = [], ...rest] = coming;
    if (rest.length > 0) coming = rest;
    const received: Buffer[] = [];
    const connection: RawConnection = { bytes: () => Buffer.concat(received), isClosed: () => socket.closed };
    connections.push(connection);
    sockets.add(socket);
    socket.on('data', (chunk) => {
      received.push(chunk);
      changed();
    });
    // A peer that hangs up is what some tests are about; after its end there is nobody to answer.
    socket.on('error', () => undefined).on('end', () => socket.end());
    socket.on('close', () => {
      sockets.delete(socket);
      changed();
    });
    changed();
    void follow(socket, script, connection, until);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    connections,
    requests: () => connections.flatMap((connection) => startLines(connection.bytes())),
    script: (...next) => void (coming = [...next]),
    until,
    refuse: () => void (server.listening && server.close()),
    stop: () =>
      new Promise((resolve) => {
        if (server.listening) server.close(() => resolve());
        else resolve();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A cloud whose queue of connections is full, so that connecting to it takes for ever. */
export interface FullCloud {
  readonly url: string;
  stop(): Promise<void>;
}

/** Listens in a thread that then never accepts. */
const neverAccept = `
const { parentPort } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  parentPort.once('message', () => {
    parentPort.postMessage(0);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});`;

const mostQueued = 16;
const patienceMs = 200;

/** Starts a full cloud; undefined where this system accepts connections that nobody accepts. */
export async function startFullCloud(): Promise<FullCloud | undefined> {
  const worker = new Worker(neverAccept, { eval: true });
  const said = (): Promise<number> => new Promise((resolve) => worker.once('message', resolve));
  const port = await said();
  const blocked = said();
  worker.postMessage('block');
  await blocked;
  const queued: Socket[] = [];
  const stop = async (): Promise<void> => {
    for (const socket of queued) socket.destroy();
    await worker.terminate();
  };
  while (queued.length < mostQueued) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    queued.push(socket);
    const connected = new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)));
    const isIn = await within(patienceMs, connected).catch(() => false);
    if (!isIn) return { url: `http://127.0.0.1:${port}`, stop };
  }
  await stop();
  return undefined;
}

/** A port of the loopback where nobody listens. */
export async function refusingUrl(): Promise<string> {
  const cloud = await startRawCloud();
  await cloud.stop();
  return cloud.url;
}

async function follow(
  socket: Socket,
  script: readonly Step[],
  connection: RawConnection,
  until: RawCloud['until'],
): Promise<void> {
  let at = 0;
  for (const step of script) {
    switch (step.kind) {
      case 'read':
      case 'read-head': {
        const end = step.kind === 'read' ? requestEnd : headEnd;
        await until(() => socket.destroyed || end(connection.bytes(), at) !== -1);
        at = Math.max(at, end(connection.bytes(), at));
        break;
      }
      case 'write':
        if (!socket.destroyed) await new Promise<void>((resolve) => socket.write(step.bytes, () => resolve()));
        break;
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, step.ms));
        break;
      case 'wait':
        await step.until;
        break;
      case 'close':
        socket.end();
        break;
      case 'reset':
        socket.resetAndDestroy();
        break;
      case 'silent':
        return;
      default:
        step satisfies never;
    }
    if (socket.destroyed) return;
  }
}

function headEnd(bytes: Buffer, start: number): number {
  const end = bytes.indexOf('\r\n\r\n', start);
  return end === -1 ? -1 : end + 4;
}

/** Where the request that begins at `start` ends, or -1 while it is not whole. */
function requestEnd(bytes: Buffer, start: number): number {
  const body = headEnd(bytes, start);
  if (body === -1) return -1;
  const head = bytes.toString('latin1', start, body);
  if (/^transfer-encoding:.*chunked/im.test(head)) {
    const end = bytes.indexOf('0\r\n\r\n', body);
    return end === -1 ? -1 : end + 5;
  }
  const end = body + Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
  return bytes.length < end ? -1 : end;
}

function startLines(bytes: Buffer): string[] {
  return [...bytes.toString('latin1').matchAll(/^([A-Z]+ \S+) HTTP\/1\.1\r$/gm)].map(([, line = '']) => line);
}
