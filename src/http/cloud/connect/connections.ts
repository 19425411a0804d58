import type { CloudProxy } from '../../../config/services/cloud-proxy.ts';
import type { Config } from '../../../config/settings.ts';
import type { CloudTls } from '../../../config/tls-files.ts';
import { CloudAgent } from './cloud-agent.ts';
import { RenewablePool, type CloudPool, type Prepare } from './cloud-pool.ts';
import { createConnector, eachSocket } from './connector.ts';
import { IdleTimeout } from './idle-timeout.ts';
import { skipInterimResponses } from './interim-responses.ts';
import { Pool, type Connector } from './undici.ts';
import { reportUnansweredClose } from './unanswered-close.ts';

/** The connections to the cloud, which are opened on demand. */
export interface Connections {
  /** The pool of translated requests, whose answers are read whole, each with its own timer. */
  readonly translated: CloudPool;
  /** The pool of forwarded requests, whose answers are streamed. A connection that is idle for too long closes. */
  readonly forwarded: CloudPool;
  /** The connections of the streaming proxy: of requests that share them, and of a single request. */
  readonly streamed: { readonly kept: CloudAgent; readonly single: CloudAgent };
  /** The change of each request for a proxy that forwards plain HTTP; undefined without one. */
  readonly proxyForm: ProxyForm | undefined;
  /** Use other TLS options for the connections that are opened from now on. */
  renew(tls: CloudTls): void;
  /** Close the connections that are idle, and each other one after its exchange. */
  closeIdle(): void;
  close(): Promise<void>;
}

/** The form of a request to a proxy that forwards it: the absolute form of its target, and the proxy's credentials. */
export interface ProxyForm {
  /** The origin that stands before the path. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Create the connections of both roads. @param maxHeaderBytes the most bytes of an answer's header section; node's limit if undefined */
export function createConnections(
  upstream: Config['upstream'],
  tls: CloudTls,
  proxy: CloudProxy | undefined,
  maxHeaderBytes?: number,
): Connections {
  const { connectTimeoutMs, idleMs, maxConnectionAgeMs } = upstream;
  const url = new URL(upstream.url);
  const proxyForm = proxy === undefined || url.protocol === 'https:' ? undefined : formFor(proxy, url.origin);
  let connect = createConnector({ tls, connectTimeoutMs, proxy });
  const { translated, forwarded } = createPools(
    { ...upstream, maxHeaderBytes },
    () => connect,
    preparation(url, proxyForm),
  );
  const agent = (maxAgeMs: number): CloudAgent => new CloudAgent(url, () => connect, { idleMs, maxAgeMs });
  const streamed = { kept: agent(maxConnectionAgeMs), single: agent(0) };
  const closeIdle = (): void => {
    for (const road of [translated, forwarded, streamed.kept]) road.renew();
  };
  return {
    translated,
    forwarded,
    streamed,
    proxyForm,
    closeIdle,
    renew: (renewed) => {
      // A new connector has no TLS sessions of the old one, which would be resumed without the new certificate.
      connect = createConnector({ tls: renewed, connectTimeoutMs, proxy });
      closeIdle();
    },
    // By now every caller has its answer or has disconnected.
    close: async () => {
      streamed.kept.destroy();
      streamed.single.destroy();
      await Promise.all([translated.destroy(), forwarded.destroy()]);
    },
  };
}

/**
 * Create undici's pools. They are separate because the idle timeout belongs to a connection. undici's own timeouts of answers
 * are off: they count in whole seconds, and stop at the header section.
 */
function createPools(
  {
    url,
    connections,
    answerTimeoutMs,
    idleMs,
    maxConnectionAgeMs,
    maxHeaderBytes,
  }: Config['upstream'] & { readonly maxHeaderBytes: number | undefined },
  connect: () => Connector,
  prepare: Prepare,
): Record<'translated' | 'forwarded', RenewablePool> {
  const { origin } = new URL(url);
  const shared = {
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
    clientTtl: maxConnectionAgeMs,
    ...(maxHeaderBytes !== undefined && { maxHeaderSize: maxHeaderBytes }),
  };
  const road = (optionsNow: () => { readonly connect: Connector; readonly connections?: number }): RenewablePool =>
    new RenewablePool(() => {
      const options = { ...shared, ...optionsNow() };
      // Without pipelining a pool keeps no connection.
      return {
        kept: new Pool(origin, { ...options, pipelining: 1 }),
        single: new Pool(origin, { ...options, pipelining: 0 }),
      };
    }, prepare);
  return {
    translated: road(() => ({ connect: forUndici(connect()), connections })),
    forwarded: road(() => ({ connect: withIdleTimeout(forUndici(connect()), answerTimeoutMs) })),
  };
}

function formFor({ authorization }: CloudProxy, origin: string): ProxyForm {
  return { origin, headers: authorization === undefined ? {} : { 'proxy-authorization': authorization } };
}

/** Create the change of each request that undici sends. */
function preparation({ protocol, hostname }: URL, form: ProxyForm | undefined): Prepare {
  if (form !== undefined) {
    return (request) => ({
      ...request,
      path: form.origin + request.path,
      headers: { ...(request.headers as Record<string, string>), ...form.headers },
    });
  }
  // undici would open another connection for each other Host field, whose name it takes for that of the certificate.
  if (protocol === 'https:') return (request) => Object.assign(request, { servername: hostname });
  return (request) => request;
}

function forUndici(connect: Connector): Connector {
  return eachSocket(connect, (socket) => {
    reportUnansweredClose(socket);
    skipInterimResponses(socket);
  });
}

/** Close connections after a time in which nothing is sent or received, as node's own client does. */
function withIdleTimeout(connect: Connector, idleMs: number): Connector {
  return eachSocket(connect, (socket) => socket.setTimeout(idleMs, () => socket.destroy(new IdleTimeout())));
}
