import { Agent } from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

/** http-proxy-middleware in Express, as its README shows, with connections that are kept: `node plain-proxy.ts PORT CLOUD`. */

const [port, target = ''] = process.argv.slice(2);
const app = express();
app.use(createProxyMiddleware({ target, changeOrigin: true, agent: new Agent({ keepAlive: true }) }));
app.listen(Number(port), '127.0.0.1');
