import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A failure of an exchange, which its caller requests from the cloud in a header field. */
export type Trouble = 'none' | 'refusal' | 'failure' | 'reset' | 'cut-off' | 'nonsense' | 'silence' | 'slowness';

/** The header field that names the failure. It reaches the cloud, as all fields of callers do. */
export const troubleHeader = 'x-soak-trouble';

const project = '7459f9935ed2422eb9800fea1d4d9378';
const slowMs = 150;
/** Longer than any connection stays idle here, so that connections close under a request only where a caller asks for it. */
const keepAliveMs = 65_000;

const server = (index: number): object => ({
  id: `ea681a24-9b24-4f49-98ef-8e1f73${String(index).padStart(6, '0')}`,
  name: `server ${index}`,
  status: 'ACTIVE',
  tenant_id: project,
  user_id: 'u',
  created: '2012-08-20T21:11:09Z',
  updated: '2012-08-20T21:11:09Z',
  hostId: '65201c14a29663e06d0748e561207d998b343e1d164bfa0aafa9c45d',
  flavor: { id: '1', links: [] },
  image: { id: '70a599e0-31e7-49b7-b260-868f441e862b', links: [] },
  metadata: { 'Server Label': 'Web Head 1', __proto__: 'ordinary' },
  addresses: { private: [{ version: 4, addr: '10.0.0.3' }] },
  links: [{ rel: 'self', href: `http://cloud/v2.1/${project}/servers/${index}` }],
});

/** The cloud's documents by method and end of the path. */
const documents: readonly (readonly [RegExp, string, object])[] = [
  [/\/servers\/detail(?:\?|$)/, 'GET', { servers: Array.from({ length: 20 }, (_, index) => server(index)) }],
  [/\/servers$/, 'POST', { server: { id: 'ea681a24-9b24-4f49-98ef-8e1f73acf19e', adminPass: 'x', links: [] } }],
  [/\/metadata$/, 'PUT', { metadata: { label: 'web' } }],
  [/\/os-keypairs$/, 'GET', { keypairs: [{ keypair: { name: 'k', public_key: 'ssh-rsa AAAA', fingerprint: 'a:b' } }] }],
  [/\/servers\/[^/]+\/action$/, 'POST', { server: server(1) }],
  [/\/servers\/[^/]+$/, 'GET', { server: server(1) }],
];
const answers = documents.map(([path, method, document]) => ({ path, method, body: JSON.stringify(document) }));
/** A document that no operation describes, so it is forwarded. */
const gadget = JSON.stringify({ gadgets: Array.from({ length: 1500 }, (_, index) => `a gadget of number ${index}`) });

/** A cloud that does to each exchange what its caller asks for. */
export interface SoakCloud {
  readonly url: string;
  /** Closes all connections, those too that were opened for a caller who then hung up, and never used. */
  readonly hangUp: () => void;
  stop(): Promise<void>;
}

/** Start it on a free port. */
export async function startSoakCloud(): Promise<SoakCloud> {
  const listening = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    let isReboot = false;
    // A gateway that breaks off is part of the play.
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => (isReboot ||= chunk.includes('"reboot"')));
    request.once('end', () => answer(request, response, isReboot));
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = listening.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hangUp: () => listening.closeAllConnections(),
    stop: () =>
      new Promise((resolve) => {
        listening.close(() => resolve());
        listening.closeAllConnections();
      }),
  };
}

/** Answer as the caller asks. A reboot is answered with nothing, as by every cloud. */
function answer(request: IncomingMessage, response: ServerResponse, isReboot: boolean): void {
  const { method = '', url = '' } = request;
  const found = answers.find((candidate) => candidate.method === method && candidate.path.test(url));
  const status = method === 'DELETE' ? 204 : method === 'POST' ? 202 : 200;
  const body = method === 'DELETE' ? '' : (found?.body ?? gadget);
  // The header is one of ours, or is not there.
  const trouble = (request.headers[troubleHeader] ?? 'none') as Trouble;
  switch (trouble) {
    case 'none':
      return send(response, status, isReboot ? '' : body);
    case 'slowness':
      setTimeout(() => send(response, status, isReboot ? '' : body), slowMs);
      return undefined;
    case 'refusal':
      return send(
        response,
        409,
        '{"conflictingRequest": {"code": 409, "message": "Cannot while it is in task_state"}}',
      );
    case 'failure':
      return send(response, 500, '<html><body><h1>500</h1>An error</body></html>');
    case 'nonsense':
      return send(response, status === 204 ? 200 : status, '{"ser');
    case 'reset':
      request.socket.resetAndDestroy();
      return undefined;
    case 'cut-off':
      response.writeHead(status === 204 ? 200 : status, { 'Content-Length': '100000' });
      response.write(body.slice(0, 40), () => request.socket.destroy());
      return undefined;
    case 'silence':
      return undefined;
    default:
      return trouble satisfies never;
  }
}

function send(response: ServerResponse, status: number, body: string): undefined {
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { 'Content-Type': 'application/json', ...length }).end(status === 204 ? '' : body);
}
