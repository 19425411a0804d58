import type { Socket } from 'node:net';
import type { CloudProxy } from '../../../config/services/cloud-proxy.ts';
import type { CloudTls } from '../../../config/tls-files.ts';
import { openTunnel } from './proxy-tunnel.ts';
import { buildConnector, type Connector } from './undici.ts';

/** The way to the cloud: its TLS options, the time limit of each step of connecting, and the proxy between, if there is one. */
export interface CloudRoute {
  readonly tls: CloudTls;
  readonly connectTimeoutMs: number;
  readonly proxy: CloudProxy | undefined;
}

/**
 * Create the connector of both roads. The callback gets a socket that is ready for a request: connected, tunnelled through
 * the proxy, and with TLS verified. So until then nothing of a request has been sent.
 */
export function createConnector({ tls, connectTimeoutMs, proxy }: CloudRoute): Connector {
  const toCloud = buildConnector({ ...tls, timeout: connectTimeoutMs, allowH2: false });
  // undici takes the name to verify from the Host field of a request; the certificate is that of the cloud whatever Host says.
  if (proxy === undefined) return (options, callback) => toCloud({ ...options, servername: '' }, callback);
  const toProxy = buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  const proxyGoal = goalOf(proxy.url);
  const openProxy: (callback: Parameters<Connector>[1]) => void = (callback) => toProxy(proxyGoal, callback);
  return (options, callback) =>
    openProxy((...opened) => {
      const [error, socket] = opened;
      // A proxy forwards plain HTTP by itself.
      if (error !== null || options.protocol === 'http:') return callback(...opened);
      const goal = `${bracketed(options.hostname)}:${options.port || '443'}`;
      return openTunnel(socket, goal, proxy.authorization, connectTimeoutMs, (refusal) => {
        if (refusal !== undefined) callback(refusal, null);
        else toCloud({ ...options, servername: '', httpSocket: socket }, callback);
      });
    });
}

/** Make the goal of a connection from a URL. A socket takes an IPv6 address without the brackets of the URL. */
export function goalOf({ hostname, host, protocol, port }: URL): Parameters<Connector>[0] {
  return { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port };
}

/** Write an IPv6 address as a URL has it. */
function bracketed(hostname: string): string {
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}

/** Prepare each socket that a connector opens. */
export function eachSocket(connect: Connector, prepare: (socket: Socket) => void): Connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error === null) prepare(socket);
      callback(...result);
    });
}
