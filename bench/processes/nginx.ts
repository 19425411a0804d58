import { mkdirSync } from 'node:fs';
import { startChild, type Child } from './child-process.ts';
import { versionOf } from './machine.ts';
import { untilListening } from './ports.ts';
import { workFilePath, writeWorkFile } from './work-files.ts';

/** Return the version of nginx; undefined if it is not installed. */
export function nginxVersion(): string | undefined {
  return /nginx\/(\S+)/.exec(versionOf('nginx', '-v') ?? '')?.[1];
}

/** Start nginx with one process and the given servers; resolve when it accepts connections on the port. */
export async function startNginx(
  name: string,
  servers: string,
  port: number,
  cores: string | undefined,
): Promise<Child> {
  const folder = workFilePath(name);
  mkdirSync(folder, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ');
  const configuration = `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log crit;
events { worker_connections 16384; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; default_type application/json;
  client_max_body_size 64m; client_body_buffer_size 4m; ${temporary}
  ${servers}
}
`;
  const path = writeWorkFile(`${name}/nginx.conf`, configuration);
  const child = startChild({ command: 'nginx', args: ['-c', path], cores });
  await untilListening(child, port);
  return child;
}
