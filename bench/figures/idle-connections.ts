import { Agent, request } from 'node:http';
import type { Workload } from '../workloads/workload.ts';

/** Connects so many callers that each send one request and then keep silent; what comes back hangs up. */
export async function connectIdle(url: string, exchange: Workload, connections: number): Promise<() => void> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: connections });
  await Promise.all(Array.from({ length: connections }, () => sendOnce(url, exchange, agent)));
  return () => agent.destroy();
}

function sendOnce(url: string, { method, path, headers, body, answer }: Workload, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = { 'Content-Length': Buffer.byteLength(body) };
    const sent = request(url + path, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === answer.status) resolve();
        else reject(new Error(`${method} ${path} was answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject).end(body);
  });
}
