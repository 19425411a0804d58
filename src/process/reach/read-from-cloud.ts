import { request as send, type IncomingMessage } from 'node:http';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { CloudAgent } from '../../http/cloud/connect/cloud-agent.ts';
import { createConnector, type CloudRoute } from '../../http/cloud/connect/connector.ts';
import { via } from '../../http/cloud/via.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { codeOf } from './finding.ts';
import { tlsMend } from './tls-step.ts';

const { faultBytes } = fixedLimits;

/**
 * Read a path of the cloud without a token, in bounded time, on a connection as those of the pools. A longer answer is cut: it
 * is no versions document.
 * @throws the error of node or of the connector: a TimeoutError after the time
 */
export function readFromCloud(origin: URL, path: string, route: CloudRoute): Promise<CloudAnswer> {
  const { protocol, hostname, host, port } = origin;
  const signal = AbortSignal.timeout(route.connectTimeoutMs);
  // A connection of age 0 closes after its exchange.
  const agent = new CloudAgent(origin, () => createConnector(route), { idleMs: route.connectTimeoutMs, maxAgeMs: 0 });
  const forwarding = route.proxy !== undefined && protocol === 'http:' ? route.proxy : undefined;
  const headers = {
    host,
    accept: 'application/json',
    'accept-encoding': 'identity',
    via: via({}),
    ...(forwarding?.authorization !== undefined && { 'proxy-authorization': forwarding.authorization }),
  };
  const target = forwarding === undefined ? path : origin.origin + path;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(signal.aborted ? signal.reason : error);
    const options = { protocol, hostname, port, path: target, headers, agent, signal };
    send(options, (answer) => collect(answer, resolve, fail))
      .on('error', fail)
      .end();
  });
}

function collect(
  answer: IncomingMessage,
  resolve: (answer: CloudAnswer) => void,
  fail: (error: unknown) => void,
): void {
  const { statusCode: status = 0, headers } = answer;
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (): void => resolve({ status, headers, body: Buffer.concat(chunks) });
  answer.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= faultBytes) return;
    finish();
    answer.destroy();
  });
  answer.once('end', finish);
  answer.once('error', fail);
}

/** Say why a service did not answer. @param expected the API that it should be, such as `a compute API` */
export function explainSilence(error: unknown, { connectTimeoutMs }: CloudRoute, expected: string): string {
  const code = codeOf(error);
  if (code === 'TimeoutError') return `no answer within ${connectTimeoutMs} ms: check that upstream.url is ${expected}`;
  return `no answer (${code}): ${tlsMend(code) ?? 'check that upstream.url has the protocol of the port, http or https'}`;
}
