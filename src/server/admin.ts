import { fixedLimits } from '../config/fixed-limits.ts';
import { createServer, type Server, type ServerResponse } from 'node:http';

/** The check that callers are served. It ignores the health of the cloud: otherwise a failing cloud would take all gateways out of service. */
type Readiness = () => boolean;

/** The health checks by path. */
const checks: ReadonlyMap<string, (isReady: Readiness) => boolean> = new Map(
  Object.entries({
    '/livez': () => true,
    '/readyz': (isReady: Readiness) => isReady(),
    '/healthcheck': (isReady: Readiness) => isReady(),
  }),
);

/** The limits of the port: probes and scrapers send short requests, and nobody else may hold it. */
const limits = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
} as const;

/** The metrics as the admin port serves them. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/**
 * Create the server of the admin port: `/livez` (the process runs), `/readyz` and `/healthcheck` (the gateway serves and does
 * not drain), and `/metrics`. It serves no secrets.
 */
export function createAdmin(isReady: Readiness, metrics: MetricsPage): Server {
  const server = createServer(limits, (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD', Connection: 'close' }).end();
      return;
    }
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    if (path === '/metrics') {
      sendMetrics(metrics, response).catch(() => response.destroy());
      return;
    }
    const check = checks.get(path);
    const status = check === undefined ? 404 : check(isReady) ? 200 : 503;
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`${{ 200: 'ok', 404: 'not found', 503: 'not ready' }[status]}\n`);
  });
  server.maxConnections = fixedLimits.adminConnections;
  return server;
}

async function sendMetrics({ contentType, text }: MetricsPage, response: ServerResponse): Promise<void> {
  const body = await text();
  response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  response.end(body);
}
