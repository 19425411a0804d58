import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { AdminFiles } from '../resources/resources.ts';
import type { Config } from '../../config/settings.ts';
import type { AdminMetrics } from '../../observe/admin-counter.ts';
import { describeDefect } from '../../observe/defect.ts';
import type { FileGauges } from '../../observe/file-gauges.ts';
import type { Log } from '../../observe/log.ts';
import { closeGracefully, listen } from '../ports/listen.ts';
import { adminPlace } from '../ports/places.ts';
import { trackSockets } from '../ports/sockets.ts';
import { createConsole, isOfConsole, tryPath, type LazyConsole } from './console.ts';
import { createGuard, unguarded, type Guard } from './guard.ts';
import { pages, plainAnswer, type AdminAnswer, type MetricsPage, type PageContents } from './pages.ts';
import { closeIfNotTaken, createInTurn } from './slow-readers.ts';
import { proveByCertificate, proveByToken } from './proofs.ts';

/** The limits of the port: probes and scrapers send short requests, and nobody else may hold it. */
const limits = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
} as const;

/** The contents of the pages of the admin port, and where it reports. */
export interface AdminContext extends PageContents {
  readonly metrics: MetricsPage & FileGauges & AdminMetrics;
  readonly log: Log;
}

/** The admin port. */
export interface Admin {
  /** Listen; resolves with the URL. @throws {ListenError} */
  listen(): Promise<string>;
  /** Use other settings, with their files, which have been read already. */
  use(settings: Config['admin'], files: AdminFiles): void;
  /** Stop listening, and close all connections. */
  close(): Promise<void>;
}

/**
 * Create the admin port: `/livez` (the process runs), `/readyz` and `/healthcheck` (the gateway serves and does not drain),
 * `/metrics`, and for those who prove that they may see it `/config` and the console. It serves no secrets, and it only reads.
 * @param files the files that the settings name
 */
export function createAdmin(config: Config, files: AdminFiles, context: AdminContext): Admin {
  let inUse = config.admin;
  const server =
    files.tls === undefined
      ? createServer(limits)
      : createTlsServer({ ...limits, ...files.tls, handshakeTimeout: limits.headersTimeout });
  const proofs = [
    proveByToken(inUse, files, context),
    ...(files.tls !== undefined && 'setSecureContext' in server
      ? [proveByCertificate(server, inUse, files.tls, context)]
      : []),
  ];
  const guard = createGuard(() => inUse, proofs, context.metrics);
  const lazyConsole = createConsole(() => inUse, config.ledger.store, guard, context);
  const isInTurn = createInTurn();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isInTurn(request, response)) return;
    answerTo(request, context, guard, lazyConsole)
      .then((answer) => send(answer, response))
      .catch((error: unknown) => answerDefect(error, response, context.log));
  });
  server.maxConnections = fixedLimits.adminConnections;
  const sockets = trackSockets([server]);
  const close = async (): Promise<void> => {
    for (const { stopWatching } of proofs) stopWatching();
    const closed = closeGracefully(server);
    for (const socket of sockets.values()) socket.destroy();
    await Promise.all([closed, lazyConsole.close()]);
  };
  return {
    listen: () => listen(server, adminPlace(config)),
    use: (settings, read) => {
      inUse = settings;
      proofs.forEach((proof) => proof.use(settings, read));
    },
    close,
  };
}

/** Answer a request. Without a guard what is not open is shown to nobody: other containers of a pod share its loopback. */
async function answerTo(
  request: IncomingMessage,
  contents: PageContents,
  guard: Guard,
  lazyConsole: LazyConsole,
): Promise<AdminAnswer> {
  const { method, url = '' } = request;
  const [path = '', ...search] = url.split('?');
  if (method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && path === tryPath))
    return { status: 405, headers: { Allow: 'GET, HEAD', Connection: 'close' }, body: '' };
  const page = pages.get(path);
  const query = new URLSearchParams(search.join('?'));
  if (page?.isOpen === true) return page.show(contents, query);
  if (isOfConsole(path)) return lazyConsole.show(request, path, query);
  const refusal = guard.isSet() ? guard.refusalOf(request) : undefined;
  if (refusal !== undefined) return refusal;
  if (page === undefined) return plainAnswer(404, 'not found');
  return guard.isSet() ? page.show(contents, query) : unguarded;
}

function send({ status, headers, body }: AdminAnswer, response: ServerResponse): void {
  if (typeof body === 'function') {
    response.writeHead(status, { 'Cache-Control': 'no-store', ...headers });
    body(response);
    return;
  }
  closeIfNotTaken(response);
  // RFC 9110, 8.6: with 304 it would be the length of the body that the client has already.
  const length = status === 304 ? {} : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...length, 'Cache-Control': 'no-store', ...headers }).end(body);
}

/** Answer an unexpected error, and tell it in the log without its message, which may quote a secret. */
function answerDefect(error: unknown, response: ServerResponse, log: Log): void {
  log.error('admin defect', { ...describeDefect(error) });
  if (response.headersSent) response.destroy();
  else send(plainAnswer(500, 'internal error: the log line "admin defect" has its place in the code'), response);
}
