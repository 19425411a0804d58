import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before } from 'node:test';
import { inTime, until } from '../support/in-time.ts';
import { turns } from '../support/published.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

/** A request as a simple cloud reads it, by its framing alone. */
export interface WireRequest {
  readonly start: string;
  /** Name in lower case and value, in order, doubles included. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** A cloud that records every byte, and answers each request that it can make out. */
export interface WireCloud {
  readonly url: string;
  readonly connections: () => number;
  /** The requests whose target contains a text. */
  about(word: string): WireRequest[];
  /** The bytes of each connection behind its last whole request. */
  rests(): string[];
  /** Count the connections that are open and have such bytes. */
  openRests(): number;
  /** All bytes of all connections, as latin1. */
  bytes(): string;
  stop(): Promise<void>;
}

/** Makes the answer of a cloud to a request, as bytes; undefined for the usual one. */
export type Answering = (request: WireRequest) => string | undefined;

const serverBody = '{"server":{"id":"s","name":"n","status":"ACTIVE","metadata":{},"addresses":{},"links":[]}}';
const usual = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Start a recording cloud on a free port. */
export async function startWireCloud(answer: Answering = () => undefined): Promise<WireCloud> {
  const seen: { text: string; at: number; isClosed: boolean }[] = [];
  const requests: WireRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const connection = { text: '', at: 0, isClosed: false };
    seen.push(connection);
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connection.isClosed = true;
      sockets.delete(socket);
    });
    socket.on('data', (chunk) => {
      connection.text += chunk.toString('latin1');
      for (let next = readOne(connection); next !== undefined; next = readOne(connection)) {
        requests.push(next);
        socket.write(
          answer(next) ?? usual(next.start.startsWith('POST') ? '202 Yes' : '200 Yes', serverBody),
          'latin1',
        );
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => seen.length,
    about: (word) => requests.filter(({ start }) => start.includes(word)),
    rests: () => seen.map(({ text, at }) => text.slice(at)).filter((rest) => rest !== ''),
    openRests: () => seen.filter(({ text, at, isClosed }) => !isClosed && at < text.length).length,
    bytes: () => seen.map(({ text }) => text).join(''),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Take one request off a connection: the plainest reading of its framing, Transfer-Encoding first. */
function readOne(connection: { readonly text: string; at: number }): WireRequest | undefined {
  const { text, at } = connection;
  const end = text.indexOf('\r\n\r\n', at);
  if (end === -1) return undefined;
  const [start = '', ...lines] = text.slice(at, end).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const valueOf = (name: string): string | undefined => headers.find(([given]) => given === name)?.[1];
  let from = end + 4;
  if (valueOf('transfer-encoding') === undefined) {
    const length = Number(valueOf('content-length') ?? 0);
    if (text.length < from + length) return undefined;
    connection.at = from + length;
    return { start, headers, body: text.slice(from, from + length) };
  }
  let body = '';
  for (;;) {
    const line = text.indexOf('\r\n', from);
    if (line === -1) return undefined;
    const size = Number.parseInt(text.slice(from, line), 16);
    if (text.length < line + 2 + size + 2) return undefined;
    body += text.slice(line + 2, line + 2 + size);
    from = line + 2 + size + 2;
    if (size === 0) break;
  }
  connection.at = from;
  return { start, headers, body };
}

/** List the framing headers of a request, for comparing. */
export function framingOf({ headers }: WireRequest): string[] {
  return headers
    .filter(([name]) => /^(?:content-length|transfer-encoding|trailer|te|upgrade|expect)$/.test(name))
    .map(([name, value]) => `${name}: ${value}`);
}

/** Send bytes and return everything that comes back. */
export interface Spoken {
  readonly text: string;
  readonly statuses: readonly number[];
  readonly isClosed: boolean;
}

/** The silence after which no further bytes are expected, in milliseconds: longer than the gateway waits for a short body. */
const quietMs = 20;
const patienceMs = 60_000;

/** Write bytes on a new connection, and read until it is closed, or until the awaited answers and a silence after them. */
export function speak(url: string, bytes: string | Buffer, awaited = 1): Promise<Spoken> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    let timer = setTimeout(() => settle(false), patienceMs);
    const socket = connect(Number(port), hostname, () => {
      socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    });
    const settle = (isClosed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, statuses: statusesOf(text), isClosed });
    };
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      if (statusesOf(text).length < awaited) return;
      clearTimeout(timer);
      // On a busy machine the timer may fire before the received bytes are read.
      timer = setTimeout(() => void turns().then(() => settle(false)), quietMs);
    });
    socket.on('close', () => settle(true)).on('error', () => settle(true));
  });
}

/**
 * Write bytes on a connection of their own, and when `isReady` holds the others, or the end of the connection if there are
 * none. Read until it is closed.
 */
export async function speakInTwo(
  url: string,
  first: string,
  second: string,
  isReady: () => boolean,
): Promise<Omit<Spoken, 'isClosed'>> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise((resolve) => {
    socket.on('close', resolve).on('error', resolve);
  });
  socket.write(first, 'latin1');
  await until(isReady, 'the first bytes have no effect');
  if (second === '') socket.end();
  else socket.write(second, 'latin1');
  await inTime(closed, 'the connection stays open');
  return { text, statuses: statusesOf(text) };
}

function statusesOf(text: string): number[] {
  return [...text.matchAll(/(?<=^|[}>\n])HTTP\/1\.[01] (\d{3})[^\r\n]*\r\n/g)].map(([, status]) => Number(status));
}

/** The servers of a suite. */
export interface Hostile {
  readonly cloud: WireCloud;
  /** Another origin, which must never be contacted. */
  readonly evil: WireCloud;
  readonly gateway: TestGateway;
  /** `127.0.0.1:port` of evil. */
  readonly evilHost: string;
}

/** A recording cloud, an evil origin, and a gateway; they are there as soon as a test runs. */
export function withWire(
  settings: Readonly<Record<string, string>> = {},
  { answer, path = '' }: { readonly answer?: Answering; readonly path?: string } = {},
): Hostile {
  const made: { cloud?: WireCloud; evil?: WireCloud; gateway?: TestGateway; evilHost?: string } = {};
  before(async () => {
    made.cloud = await startWireCloud(answer);
    made.evil = await startWireCloud();
    made.evilHost = new URL(made.evil.url).host;
    made.gateway = await startTestGateway(made.cloud.url + path, settings);
  });
  after(async () => {
    await made.gateway?.stop();
    await made.cloud?.stop();
    await made.evil?.stop();
  });
  // Tests run after `before`, which fills all in.
  return made as Hostile;
}
