import { request as httpRequest, type Agent } from 'node:http';
import { startTestGateway } from '../support/gateway.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import type { Medium } from '../support/rebuild-call.ts';
import { startScriptedCloud, type Received, type Scripted } from '../support/scripted-cloud.ts';

/** A path that no operation describes. */
export const path = '/v2/p/os-gadgets';

/** The Accept of callers of each format. */
export const accept = { xml: 'application/xml', json: 'application/json' } as const satisfies Record<Medium, string>;

/** A GET of what no operation describes, by a caller of a medium. */
export const asked = (medium: Medium, more: Partial<TestRequest> = {}): TestRequest => ({
  method: 'GET',
  path,
  ...more,
  headers: { Accept: accept[medium], ...more.headers },
});

/** The header by which a GET is streamed: without it a GET is sent whole. */
export const streamedGet = { 'Content-Length': '0' } as const;

/** A request for each way to the cloud: the first two are sent whole. */
export const sendings: Readonly<Record<string, Partial<TestRequest>>> = {
  GET: { method: 'GET' },
  POST: { method: 'POST', body: 'x' },
  'streamed GET': { method: 'GET', headers: streamedGet },
  'streamed POST': { method: 'POST', body: 'x', headers: { 'Transfer-Encoding': 'chunked' } },
};

/** Play one request with a cloud that answers so. */
export async function forwarded(
  request: TestRequest,
  answer: Scripted = { status: 200, body: 'ok' },
  settings: Readonly<Record<string, string>> = {},
): Promise<{ readonly answer: TestAnswer; readonly received: readonly Received[]; readonly cloudUrl: string }> {
  const cloud = await startScriptedCloud(answer);
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    return { answer: await call(gateway.url, request), received: cloud.received, cloudUrl: cloud.url };
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

/** The status of an answer, its body read, and whether its request went on a connection that was there already. */
export function callOn(
  agent: Agent,
  url: string,
  { method = 'GET', path, headers = {} }: TestRequest,
): Promise<{ readonly status: number; readonly isReused: boolean }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(new URL(url), { method, path, headers: { ...headers }, agent }, (answer) => {
      answer
        .resume()
        .on('error', reject)
        .on('end', () => resolve({ status: answer.statusCode ?? 0, isReused: outgoing.reusedSocket }));
    });
    outgoing.on('error', reject).end();
  });
}
