import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { tokenId, v3Answer } from '../identity/fixtures.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { httpAnswer, startRawCloud, type RawCloud, type Step } from '../support/raw-cloud.ts';
import { readIdentityFault } from './identity-faults.ts';
import { startLoginGateway, type LoginGateway } from './login-gateway.ts';
import { identityCalls, password } from './login-requests.ts';

/** The steps of a service. */
export const read: Step = { kind: 'read' };
export const close: Step = { kind: 'close' };
/** The body of the answer to a login. */
export const accepted = v3Answer().body;
export const token = { 'X-Subject-Token': tokenId };
/** The bytes of that answer. */
export const whole = httpAnswer(201, accepted, token);
export const write = (bytes: string | Buffer): Step => ({ kind: 'write', bytes });
/** Read a request, and answer it on a connection that closes then. */
export const answer = (
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = token,
): Step[] => [read, write(httpAnswer(status, body, headers)), close];
/** A page with the password. */
export const page = `<!DOCTYPE html><html><body>${password}</body></html>`;
export const html = { 'Content-Type': 'text/html' };

/** An identity service that follows a script to the byte, with a gateway in front of it. */
export interface RawService {
  readonly service: RawCloud;
  readonly gateway: LoginGateway;
  /** Send a call to the gateway in front of a service with this script, and list what the service got. */
  ask(name: string, script: readonly Step[]): Promise<Asked>;
}

export interface Asked {
  readonly given: TestAnswer;
  readonly requests: readonly string[];
}

/** Start such a service for the tests of a file; it is there as soon as a test runs. */
export function withRawService(): RawService {
  const raw: { service?: RawCloud; gateway?: LoginGateway; ask?: RawService['ask'] } = {};
  before(async () => {
    const service = await startRawCloud([close]);
    const gateway = await startLoginGateway({
      GATEWAY_IDENTITY_URL: service.url,
      GATEWAY_IDENTITY_TIMEOUT_MS: '20000',
    });
    const ask: RawService['ask'] = async (name, script) => {
      service.script(script);
      const known = service.requests().length;
      const given = await call(gateway.url, identityCalls[name] ?? assert.fail(name));
      return { given, requests: service.requests().slice(known) };
    };
    Object.assign(raw, { service, gateway, ask });
  });
  after(async () => {
    await raw.gateway?.stop();
    await raw.service?.stop();
  });
  // Tests run after `before`, which fills all in.
  return raw as RawService;
}

/** Assert a fault of the Identity API that says nothing of what the service wrote, or of the request. */
export function assertTold(given: TestAnswer, status: number): void {
  assert.equal(given.status, status);
  readIdentityFault(given);
  assert.ok(!(JSON.stringify(given.headers) + given.body).includes(password), given.body);
}
