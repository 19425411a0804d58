import { join } from 'node:path';
import { startNginx } from '../processes/nginx.ts';
import { freePort } from '../processes/ports.ts';
import { writeWorkFile } from '../processes/work-files.ts';
import { listBody, listLengths, rebuildBody, showBody } from '../workloads/documents.ts';
import type { BenchCloud } from './bench-cloud.ts';

/** Start nginx as the cloud; short responses are part of its configuration, lists are files. */
export async function startNginxCloud(version: string, cores: string | undefined): Promise<BenchCloud> {
  const port = await freePort();
  const child = await startNginx('cloud', serversOf(port), port, cores);
  return { name: `nginx ${version}`, url: `http://127.0.0.1:${port}`, stop: () => child.stop() };
}

function serversOf(port: number): string {
  const [first = ''] = listLengths.map((length) => writeWorkFile(`lists/${length}.json`, listBody(length)));
  return `
  # Without the mirror, nginx would respond to a large body before it has read all of it.
  map $content_length $is_large { default 0; "~^[0-9]{5,}$" 1; }
  map $request_method $is_get { default 0; GET 1; }
  open_file_cache max=10; sendfile on;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location ~ /servers/detail$ { root ${join(first, '..')}; try_files /$arg_limit.json =404; }
    location / {
      error_page 418 = @large;
      if ($is_large) { return 418; }
      if ($is_get) { return 200 '${showBody}'; }
      return 202 '${rebuildBody}';
    }
    location @large { mirror /read; try_files /nothing @rebuilt; }
    location @rebuilt { return 202 '${rebuildBody}'; }
    location = /read { internal; return 204; }
  }`;
}
