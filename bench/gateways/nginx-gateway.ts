import { startNginx } from '../processes/nginx.ts';
import { freePort } from '../processes/ports.ts';
import { benchGateway, type StartGateway } from './bench-gateway.ts';

/** Starts nginx as a proxy: one process, keep-alive connections to the cloud. */
export const nginxGateway: StartGateway = async (cloudUrl, cores) => {
  const port = await freePort();
  const servers = `
  upstream cloud { server ${new URL(cloudUrl).host}; keepalive 256; keepalive_requests 1000000000; }
  proxy_buffers 64 32k; proxy_buffer_size 32k; proxy_max_temp_file_size 0;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / { proxy_pass http://cloud; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }`;
  return benchGateway(await startNginx('proxy', servers, port, cores), port);
};
