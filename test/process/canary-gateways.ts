import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import { drained, startLiveCloud, type LiveCloud } from '../support/forwarding.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { serverDocument } from '../support/rebuild-call.ts';
import { inTime } from '../support/in-time.ts';
import { assertClean } from './canary.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';

/** Handles a request at the cloud, after its body has been read. */
export type Handler = (body: unknown, request: IncomingMessage, response: ServerResponse) => void;

const rebuilds: Handler = (_, __, response) => void response.writeHead(202).end(serverDocument);
/** Makes a handler that responds with a status and a body. */
export const says =
  (status: number, content: (body: unknown, request: IncomingMessage) => string): Handler =>
  (body, request, response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(content(body, request));

/** Makes a handler for the rebuild that answers the GET before it with a server. */
export const onRebuild =
  (handle: Handler): Handler =>
  (body, request, response) =>
    request.method === 'GET' ? void response.end(serverDocument) : handle(body, request, response);

/** Parse a body as JSON if it is; the body of a forwarded request may be anything. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return bytes.toString();
  }
}

const names = ['ecs', 'nova', 'down'] as const;
type Name = (typeof names)[number];

/** Gateways as processes, and the number of requests that each got. */
interface CanaryGateways {
  readonly gateways: ReadonlyMap<Name, GatewayProcess>;
  readonly urls: Readonly<Record<Name, string>>;
  /** The number of requests that each gateway got; its log has a line for each. */
  readonly sent: Record<Name, number>;
  /** Sends a request through a gateway to a cloud with this handler. */
  readonly play: (name: Name, request: TestRequest, handle?: Handler) => Promise<TestAnswer>;
  /** Waits for the log line of each exchange, then asserts that no process has written a secret. */
  readonly assertLogsClean: () => Promise<void>;
}

/** Run a gateway for each kind of cloud, and one without a cloud, during the tests of a file. */
export function useCanaryGateways(): CanaryGateways {
  let cloud: LiveCloud;
  let handler: Handler = rebuilds;
  const gateways = new Map<Name, GatewayProcess>();
  const urls: Record<Name, string> = { ecs: '', nova: '', down: '' };
  const sent: Record<Name, number> = { ecs: 0, nova: 0, down: 0 };

  before(async () => {
    cloud = await startLiveCloud((request, response) => {
      drained(request)
        .then((bytes) => handler(parsed(bytes), request, response))
        // If the caller disconnects, no response is needed.
        .catch(() => undefined);
    });
    const limits = { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '2000', GATEWAY_LOG_LEVEL: 'debug' };
    const settings = {
      ecs: serving(cloud.url, limits),
      nova: serving(cloud.url, { ...limits, GATEWAY_UPSTREAM_PROFILE: 'nova' }),
      down: serving(refusingUrl, limits),
    };
    for (const name of names) {
      const gateway = spawnGateway(settings[name]);
      gateways.set(name, gateway);
      urls[name] = (await gateway.ready()).url;
    }
  });

  after(async () => {
    for (const gateway of gateways.values()) gateway.kill();
    await cloud.stop();
  });

  async function play(name: Name, request: TestRequest, handle: Handler = rebuilds): Promise<TestAnswer> {
    handler = handle;
    sent[name] += 1;
    return call(urls[name], request);
  }

  async function assertLogsClean(): Promise<void> {
    const asked = [...gateways].filter(([name]) => sent[name] > 0);
    const lines = asked.map(([name, gateway]) => gateway.logged('exchange', sent[name]));
    await inTime(Promise.all(lines), 'no line for each exchange');
    for (const gateway of gateways.values()) assertClean(gateway.stdout() + gateway.stderr(), 'the log');
  }

  return { gateways, urls, sent, play, assertLogsClean };
}

/** Add the last test of a file: it ends the processes, and asserts that they have written no secret. */
export function testCleanEnd({ gateways }: CanaryGateways): void {
  test('the processes write no secret until their end, and nothing to stderr', async () => {
    const processes = [...gateways.values()];
    for (const gateway of processes) gateway.child.kill('SIGTERM');
    await inTime(Promise.all(processes.map((gateway) => gateway.ended())), 'the processes have not ended');
    for (const gateway of processes) {
      assertClean(gateway.stdout(), 'the log');
      assert.equal(gateway.stderr(), '');
    }
  });
}
