import { createServer, type Server } from 'node:http';

/** Whether the process serves callers; the cloud's health does not count. */
export interface Readiness {
  isReady: boolean;
}

const paths: ReadonlyMap<string, (readiness: Readiness) => boolean> = new Map(
  Object.entries({
    '/livez': () => true,
    '/readyz': ({ isReady }: Readiness) => isReady,
    '/healthcheck': ({ isReady }: Readiness) => isReady,
  }),
);

/** The admin port: `/livez` (the process runs), `/readyz` and `/healthcheck` (it serves, and does not drain). */
export function createAdmin(readiness: Readiness): Server {
  return createServer((request, response) => {
    const check = paths.get((request.url ?? '').replace(/\?.*$/s, ''));
    const status = check === undefined ? 404 : check(readiness) ? 200 : 503;
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`${{ 200: 'ok', 404: 'not found', 503: 'not ready' }[status]}\n`);
  });
}
