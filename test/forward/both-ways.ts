import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before } from 'node:test';
import { dial } from '../promises/dialled.ts';
import { inTime } from '../support/in-time.ts';
import { received, turns } from '../support/published.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

/** The cloud's part of an exchange: the pieces that it writes, and the end of its connection. */
export interface Play {
  readonly pieces: readonly string[];
  readonly end: 'close' | 'stay' | 'reset';
}

/** The seed of all random values. */
export const seed = 20_140_417;
/** Ends the exchanges of clouds that never end theirs. All others end long before it, on a busy machine too. */
const answerTimeoutMs = 1500;
/** Longer than the gateway waits for a short body to arrive whole. */
const lateMs = 25;

let play: Play = { pieces: [], end: 'close' };
let playing: Promise<void>[] = [];
let gateway: TestGateway;
let stop: (() => Promise<void>) | undefined;
/** Requests that the cloud received, by the last segment of their paths. */
const requests = new Map<string, string>();

before(async () => {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const [, word = ''] = /^\w+ \S*\/(\w+) /.exec(text) ?? [];
      const headEnd = text.indexOf('\r\n\r\n') + 4;
      const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
      const isWhole = /^transfer-encoding:/im.test(text) ? text.endsWith('0\r\n\r\n') : text.length - headEnd >= length;
      if (headEnd === 3 || !isWhole) return;
      requests.set(word, text);
      text = '';
      playing.push(perform(socket, play));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  gateway = await startTestGateway(`http://127.0.0.1:${port}`, {
    GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: String(answerTimeoutMs),
  });
  stop = async () => {
    await gateway.stop();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
});

after(() => stop?.());

async function perform(socket: Socket, { pieces, end }: Play): Promise<void> {
  for (const [at, piece] of pieces.entries()) {
    // Apart, so that they do not arrive as one.
    if (at > 0) await turns();
    if (socket.destroyed) return;
    await new Promise<void>((resolve) => socket.write(piece, 'latin1', () => resolve()));
  }
  if (end === 'reset') {
    // A reset overtakes what is still being read.
    await turns();
    socket.resetAndDestroy();
  } else if (end === 'close') socket.end();
}

/** Set the cloud's part of the next exchanges. */
export function plays(next: Play): void {
  play = next;
  playing = [];
  requests.clear();
}

/** Send bytes, the last of them late if given, and return the whole response without its date and its request id. */
export async function seen(bytes: string, late = ''): Promise<string> {
  const caller = await dial(gateway.url);
  const isWaiting = late === '' ? undefined : received(gateway.url, 1, caller.socket);
  caller.socket.write(bytes, 'latin1');
  if (late !== '') {
    // The gateway begins to wait for the body before this does, and so it ends first.
    await isWaiting;
    await sleep(lateMs);
    caller.socket.write(late, 'latin1');
  }
  const text = await inTime(caller.ended, `no end after ${JSON.stringify(caller.text())}`);
  return text.replace(/^Date: .*\r\n/m, '').replace(/req-[0-9a-f-]{36}/g, 'req-ours');
}

/** Find the client library that wrote a request: each spells Connection in its own way. */
export function libraryOf(word: string): string | undefined {
  const [, spelling = ''] = /\r\n(connection): /i.exec(requests.get(word) ?? '') ?? [];
  return { connection: 'undici', Connection: 'node' }[spelling];
}

/** The headers of every request. */
export const head = 'Host: g\r\nAccept: application/json\r\nConnection: close\r\n';
/** The same request, as it is sent whole and as it is streamed. */
const ways = {
  whole: `GET /v2/p/os-gadgets/whole HTTP/1.1\r\n${head}\r\n`,
  streamed: `GET /v2/p/os-gadgets/streamed HTTP/1.1\r\n${head}Content-Length: 0\r\n\r\n`,
};

/** Send a request whole and streamed, and assert that both responses are the same. */
export async function same(next: Play): Promise<void> {
  plays(next);
  const [whole, streamed] = await Promise.all([seen(ways.whole), seen(ways.streamed)]);
  // A connection may be used again before the cloud is done with it.
  await Promise.all(playing);
  if (next.end !== 'stay') await turns();
  assert.equal(whole, streamed);
  assert.deepEqual([libraryOf('whole'), libraryOf('streamed')], ['undici', 'node']);
}

/** The status line of a good answer. */
export const ok = 'HTTP/1.1 200 OK\r\n';

/** The lines of a request's head that the cloud received, in no order, and its body. */
export function sent(word: string): readonly unknown[] {
  const text = requests.get(word)?.replaceAll(word, 'way') ?? 'nothing';
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  // The gateway's own id of an exchange differs from request to request.
  const named = lines.map((line) =>
    line.replace(/^[^:]*/, (name) => name.toLowerCase()).replace(/(?<=^x-openstack-request-id: req-).*/, 'own'),
  );
  return [start, named.toSorted(), text.slice(end)];
}
