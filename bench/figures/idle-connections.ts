import { Agent, request } from 'node:http';
import type { Workload } from '../workloads/workload.ts';

/** Open connections that each send one request and then stay idle; return a function that closes them. */
export async function connectIdle(url: string, workload: Workload, connections: number): Promise<() => void> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: connections });
  await Promise.all(Array.from({ length: connections }, () => sendOnce(url, workload, agent)));
  return () => agent.destroy();
}

function sendOnce(url: string, { method, path, headers, body, expected }: Workload, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = { 'Content-Length': Buffer.byteLength(body) };
    const sent = request(url + path, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === expected.status) resolve();
        else reject(new Error(`${method} ${path} was answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject).end(body);
  });
}
