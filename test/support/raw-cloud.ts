import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createChanges } from './changes.ts';
import { inTime } from './in-time.ts';
import { turns } from './published.ts';

/** One step of the cloud's script for a connection. */
export type Step =
  /** Waits for the next whole request. */
  | { readonly kind: 'read' }
  /** Waits for the end of the next request's head. */
  | { readonly kind: 'read-head' }
  | { readonly kind: 'write'; readonly bytes: string | Buffer }
  /** Waits until a gateway of this process has read what was written: a reset would overtake it. */
  | { readonly kind: 'turns' }
  /** Waits, in milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Waits until the test resolves a promise. */
  | { readonly kind: 'wait'; readonly until: Promise<void> }
  /** Ends the connection with FIN. */
  | { readonly kind: 'close' }
  | { readonly kind: 'reset' }
  /** Sends nothing more, and leaves the connection open. */
  | { readonly kind: 'silent' };

/** A connection as the cloud sees it. */
export interface RawConnection {
  /** The received bytes, unchanged. */
  bytes(): Buffer;
  isClosed(): boolean;
}

/** A cloud that follows a script to the byte, and remembers what it was sent. */
export interface RawCloud {
  readonly url: string;
  readonly connections: readonly RawConnection[];
  /** The start lines of all requests that were received, whole or not. */
  requests(): string[];
  /** The scripts of the next connections, in order. The last one is repeated. */
  script(...connections: readonly (readonly Step[])[]): void;
  /** Resolves when the condition holds; it is asked whenever something happens on a connection. */
  until(condition: () => boolean): Promise<void>;
  /** Refuse new connections; the open ones stay. */
  refuse(): void;
  stop(): Promise<void>;
}

/** A script that comes to no end: only a timeout of the gateway ends its exchange. */
function isEndless(script: readonly Step[]): boolean {
  return script.some(({ kind }) => kind === 'silent') || script.filter(({ kind }) => kind === 'delay').length > 1;
}

/**
 * Timeouts of a gateway in front of a script. Where the script ends by itself the answer timeout is the default, which no busy
 * machine reaches; where nothing else ends the exchange it is short, and long enough for the request to reach the cloud before.
 */
export function timeoutsFor(script: readonly Step[]): Readonly<Record<string, string>> {
  return isEndless(script) ? { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '2000' } : {};
}

/** Tests of one file that wait at the same time: they wait for timeouts, and few of them keep the processor busy. */
export const atATime = { concurrency: 8 } as const;

/** Read a request, then send these bytes and end the connection. */
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

/** Start a raw cloud on a free port. */
export async function startRawCloud(...scripts: readonly (readonly Step[])[]): Promise<RawCloud> {
  let coming = [...scripts];
  const connections: RawConnection[] = [];
  const sockets = new Set<Socket>();
  const { changed, until } = createChanges();
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
    // Some tests have peers that hang up; after their end there is no connection to answer on.
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
    until: (condition) => inTime(until(condition), 'the cloud does not see what is expected'),
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

/** The program of a thread that listens and never accepts. */
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
/** The time after which a connection counts as queued, in milliseconds. */
const connectMs = 200;

/** Start a full cloud; undefined where the system accepts more connections than its queue holds. */
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
    const waited = sleep(connectMs, false);
    // After the wait the sockets are looked at once more: a busy machine may have let the timer go first.
    const isIn = (await Promise.race([connected, waited])) || (await Promise.race([connected, turn(false)]));
    if (!isIn) return { url: `http://127.0.0.1:${port}`, stop };
  }
  await stop();
  return undefined;
}

/** The URL of a port without a server. A free port would soon be that of another test: a gateway had itself for a cloud. */
export const refusingUrl = 'http://127.0.0.1:1';

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
        await sleep(step.ms);
        break;
      case 'turns':
        await turns();
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

/** Find the end of the request that begins at `start`; -1 while it is incomplete. */
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

/** Find the start lines. On a kept connection one follows the JSON of the request before it. */
function startLines(bytes: Buffer): string[] {
  return [...bytes.toString('latin1').matchAll(/(?:^|(?<=\}))([A-Z]+ \S+) HTTP\/1\.1\r$/gm)].map(
    ([, line = '']) => line,
  );
}
