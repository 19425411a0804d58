import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../compute/operation.ts';
import type { Config } from '../../config/settings.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { Hold } from '../exchange/budget.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import { requestedVersion, versionHeaders, versionText, type Microversion } from '../../upstream/microversion.ts';
import type { Exchange } from './pool.ts';
import { cloudIdOf, endToEnd, via } from './end-to-end-headers.ts';
import type { Trace } from '../exchange/trace.ts';

/** What the gateway asks of the cloud on behalf of a caller. */
export interface Asked {
  readonly method: Operation['method'];
  /** From /v2.1 on. */
  readonly path: string;
  readonly body: Buffer | null;
  /** The microversion; undefined leaves the caller's own headers as they are. */
  readonly microversion: Microversion | undefined;
}

/** Who asks: whose headers go on, whose end is the end of it, and in whose name the answer is held. */
export interface Asker {
  readonly headers: IncomingHttpHeaders;
  readonly signal: ExchangeEnd;
  readonly trace: Trace;
  readonly holdAnswer: Hold;
}

/** The cloud, as one caller's request reaches it. */
export type Cloud = (asked: Asked, asker: Asker) => Promise<CloudAnswer>;

const bodyHeaders = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-md5',
  'content-digest',
  'digest',
  'transfer-encoding',
];
const ours = new Set([...bodyHeaders, 'host', 'accept', 'accept-encoding', 'via']);
/** What is read is always read whole: a translated answer has no state that a condition could speak of. */
const conditions = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'range'];

/** What does not go on from the caller, by whose microversion it is and whether the request changes something. */
const withheld = {
  caller: { changing: ours, reading: new Set([...ours, ...conditions]) },
  gateway: {
    changing: new Set([...ours, ...versionHeaders]),
    reading: new Set([...ours, ...versionHeaders, ...conditions]),
  },
} as const;

/** The headers that hold what proves who the caller is. */
const credentials = ['x-auth-token', 'x-service-token', 'x-subject-token', 'authorization', 'cookie'];

/** The cloud behind an exchange: whole messages of JSON, with the caller's end-to-end headers. */
export function createCloud(exchange: Exchange, { url }: Config['upstream']): Cloud {
  const prefix = pathOf(url);
  return async ({ method, path, body, microversion }, { headers: caller, signal, trace, holdAnswer }) => {
    const startedAt = performance.now();
    try {
      const headers = headersFor(caller, method, microversion, body);
      const answer = await exchange.send({ method, path: prefix + path, headers, body }, signal, holdAnswer);
      trace.cloudStatus = answer.status;
      const id = cloudIdOf(answer.headers);
      if (id !== undefined) trace.cloudId = id;
      return answer;
    } finally {
      trace.cloudMs = (trace.cloudMs ?? 0) + performance.now() - startedAt;
    }
  };
}

/** The path in front of the version at the cloud, '' for none. */
export function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, '');
}

/** The microversion that the caller asks for, if any. */
export function callersVersion(headers: IncomingHttpHeaders): Microversion | undefined {
  const [newer, older] = versionHeaders.map((name) => headers[name]?.toString());
  return requestedVersion(newer, older);
}

/** What must not be quoted back from a cloud's message. */
export function credentialsOf(headers: IncomingHttpHeaders): string[] {
  return credentials.flatMap((name) => headers[name] ?? []);
}

function headersFor(
  caller: IncomingHttpHeaders,
  method: Asked['method'],
  microversion: Microversion | undefined,
  body: Buffer | null,
): Record<string, string | string[]> {
  const own = withheld[microversion === undefined ? 'caller' : 'gateway'][method === 'GET' ? 'reading' : 'changing'];
  const headers = endToEnd(caller, own);
  headers['accept'] = 'application/json';
  headers['accept-encoding'] = 'identity';
  headers['via'] = via(caller);
  if (body !== null) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(body.length);
  }
  if (microversion !== undefined) {
    const [newer, older] = versionHeaders;
    headers[newer] = `compute ${versionText(microversion)}`;
    headers[older] = versionText(microversion);
  }
  return headers;
}
