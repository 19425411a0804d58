import { after, before } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import type { TestAnswer } from '../support/http.ts';
import { exchangeBytes } from '../support/raw-exchange.ts';
import { startScriptedCloud, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { accepting } from './login-gateway.ts';
import { password } from './login-requests.ts';

export type Fields = Readonly<Record<string, string>>;

/** A login by a password, and its fields. */
export const json: Fields = { 'Content-Type': 'application/json' };
export const xml: Fields = { 'Content-Type': 'application/xml', Accept: 'application/xml' };
export const login = JSON.stringify({ auth: { passwordCredentials: { username: 'demo', password } } });

/** Write a request as bytes: a field may have any of them, and a target too. */
export function bytesOf(line: string, fields: Fields = {}, body: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(body);
  const all = { Host: 'gateway', 'Content-Length': String(bytes.length), ...fields };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'), bytes]);
}

/** An exchange over bytes: the answer, the requests that the identity service got, and the number of those of the compute API. */
export interface ByteExchange {
  readonly given: TestAnswer;
  readonly asked: readonly string[];
  readonly leaked: number;
}

/** A gateway with login between an identity service and a compute API that record what they get. */
export interface BetweenServices {
  readonly service: ScriptedCloud;
  readonly gateway: TestGateway;
  /** Send bytes to the gateway, or to another of its ports. */
  send(bytes: Buffer, url?: string): Promise<ByteExchange>;
}

/** Start them for the tests of a file; they are there as soon as a test runs. */
export function betweenServices(): BetweenServices {
  const all: { service?: ScriptedCloud; compute?: ScriptedCloud; gateway?: TestGateway; send?: unknown } = {};
  before(async () => {
    const service = await startScriptedCloud(accepting());
    const compute = await startScriptedCloud({ status: 200, headers: json, body: '{}' });
    const gateway = await startTestGateway(compute.url, {
      GATEWAY_UPSTREAM_PROFILE: 'nova',
      GATEWAY_IDENTITY_URL: `${service.url}/identity`,
      GATEWAY_IDENTITY_PORTS: '0',
      GATEWAY_IDENTITY_FAILURES_MAX: '0',
    });
    const send: BetweenServices['send'] = async (bytes, url = gateway.url) => {
      const [known, before] = [service.received.length, compute.received.length];
      const given = await exchangeBytes(url, bytes);
      const asked = service.received.slice(known).map(({ method, path }) => `${method} ${path}`);
      return { given, asked, leaked: compute.received.length - before };
    };
    Object.assign(all, { service, compute, gateway, send });
  });
  after(async () => {
    await all.gateway?.stop();
    await all.service?.stop();
    await all.compute?.stop();
  });
  // Tests run after `before`, which fills all in.
  return all as BetweenServices;
}
