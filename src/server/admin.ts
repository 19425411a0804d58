import { createServer, type Server, type ServerResponse } from 'node:http';

/** Whether callers are served; the cloud's health does not count. */
type Readiness = () => boolean;

const paths: ReadonlyMap<string, (isReady: Readiness) => boolean> = new Map(
  Object.entries({
    '/livez': () => true,
    '/readyz': (isReady: Readiness) => isReady(),
    '/healthcheck': (isReady: Readiness) => isReady(),
  }),
);

/** What counts, in some text format. */
export interface Counters {
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/**
 * The admin port: `/livez` (the process runs), `/readyz` and `/healthcheck` (it serves, and does not drain), `/metrics`.
 * Nothing here is secret.
 */
export function createAdmin(isReady: Readiness, counters: Counters): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    if (path === '/metrics') {
      show(counters, response).catch(() => response.destroy());
      return;
    }
    const check = paths.get(path);
    const status = check === undefined ? 404 : check(isReady) ? 200 : 503;
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`${{ 200: 'ok', 404: 'not found', 503: 'not ready' }[status]}\n`);
  });
}

async function show({ contentType, text }: Counters, response: ServerResponse): Promise<void> {
  const body = await text();
  response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  response.end(body);
}
