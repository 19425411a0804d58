import { Agent } from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

/** `node plain-proxy.ts PORT CLOUD`: http-proxy-middleware in Express as its README shows, with keep-alive to the cloud. */

const [port, target = ''] = process.argv.slice(2);
const app = express();
app.use(createProxyMiddleware({ target, changeOrigin: true, agent: new Agent({ keepAlive: true }) }));
app.listen(Number(port), '127.0.0.1');
