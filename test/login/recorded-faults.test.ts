import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RecordedFault } from '../identity/recorded-forms.ts';
import { call, type TestRequest } from '../support/http.ts';
import { refusingUrl, startRawCloud } from '../support/raw-cloud.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { loginGateways, startLoginGateway, type LoginGateway } from './login-gateway.ts';

const recorded = recordings<RecordedFault>('identity/fault');
const gatewayWith = loginGateways();

/** The place of the gateway in the recorded faults. */
const urls = { GATEWAY_IDENTITY_PUBLIC_URL: 'http://identity.example.com:5000' };

/** The one message that differs: a fault never quotes a token. */
const messages: Readonly<Record<string, string>> = { 'validate-unknown': 'Could not find token.' };

const login: TestRequest = {
  path: '/v2.0/tokens',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ auth: { tenantName: 'demo', passwordCredentials: { username: 'demo', password: 'secret' } } }),
};
const projects = { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"projects": []}' };

/** A request whose fault comes without an answer of the cloud, and the number of requests that the cloud gets. */
interface WithoutAnswer {
  readonly settings?: Readonly<Record<string, string>>;
  readonly request?: TestRequest;
  readonly asked: number;
}

/** The faults without an answer of the cloud. */
const withoutAnswer: Readonly<Record<string, WithoutAnswer>> = {
  'body-over-the-limit': { request: { ...login, body: ' '.repeat(120_000) + String(login.body) }, asked: 0 },
  'cloud-unreachable': { settings: { GATEWAY_IDENTITY_URL: refusingUrl }, asked: 0 },
  'not-implemented': { asked: 0 },
  'tenants-bad-limit': { asked: 1 },
  'tenants-bad-marker': { asked: 1 },
};

/** These have tests of their own below. */
const apart: ReadonlySet<string> = new Set(['gateway-rate-limit', 'cloud-too-slow']);

describe('recorded faults through the gateway', { skip: noRecordings }, () => {
  test('there are some', () => {
    assert.ok(recorded.length > 15);
  });

  for (const fault of recorded.filter(({ name }) => !apart.has(name))) {
    test(fault.name, async () => {
      const { settings = {}, request = requestOf(fault), asked } = withoutAnswer[fault.name] ?? { asked: 1 };
      assert.ok(fault.input.status !== 0 || withoutAnswer[fault.name] !== undefined, 'it has no answer');
      const gateway = await gatewayWith({ ...urls, ...settings });
      const { status, headers, body } = fault.input;
      gateway.service.script(status === 0 ? projects : { status, headers, body });
      await assertAnswered(gateway, request, fault, asked);
    });
  }

  for (const fault of recorded.filter(({ name }) => name === 'gateway-rate-limit')) {
    test(fault.name, async () => {
      const gateway = await startLoginGateway({ ...urls, GATEWAY_IDENTITY_FAILURES_MAX: '1' });
      try {
        gateway.service.script({ status: 401, headers: { 'Content-Type': 'application/json' }, body: '{"error": {}}' });
        assert.equal((await call(gateway.url, login)).status, 401);
        await assertAnswered(gateway, login, fault, 0);
      } finally {
        await gateway.stop();
      }
    });
  }

  for (const fault of recorded.filter(({ name }) => name === 'cloud-too-slow')) {
    test(fault.name, async () => {
      const silent = await startRawCloud([{ kind: 'read' }, { kind: 'silent' }]);
      const settings = { ...urls, GATEWAY_IDENTITY_URL: silent.url, GATEWAY_IDENTITY_TIMEOUT_MS: '500' };
      const gateway = await startLoginGateway(settings);
      try {
        await assertAnswered(gateway, login, fault, 0);
        // One for each format: a login is not sent again.
        assert.deepEqual(silent.requests(), ['POST /v3/auth/tokens', 'POST /v3/auth/tokens']);
      } finally {
        await gateway.stop();
        await silent.stop();
      }
    });
  }
});

function requestOf({ call: line }: RecordedFault): TestRequest {
  const [method = '', path = ''] = line.split(' ');
  return path === login.path ? login : { method, path, headers: { 'X-Auth-Token': 'T' } };
}

/** Compare the whole fault in both formats: status, header fields, and the bytes of the document. */
async function assertAnswered(
  { url, service }: LoginGateway,
  request: TestRequest,
  { name, output, messageExact }: RecordedFault,
  asked: number,
): Promise<void> {
  for (const [accept, document] of [
    ['application/json', output.jsonText],
    ['application/xml', output.xml],
  ] as const) {
    const before = service.received.length;
    const answer = await call(url, { ...request, headers: { ...request.headers, Accept: accept } });
    assert.equal(service.received.length - before, asked);
    assert.equal(answer.status, output.status);
    assert.equal(answer.headers['content-type'], accept);
    assert.equal(answer.headers['cache-control'], 'no-store');
    const { 'retry-after': wait, ...headers } = Object.fromEntries(
      ['vary', 'www-authenticate', 'retry-after', 'openstack-auth-receipt', 'location'].map((field) => [
        field,
        answer.headers[field],
      ]),
    );
    assert.deepEqual(headers, {
      vary: output.headers['Vary'],
      'www-authenticate': output.headers['WWW-Authenticate'],
      'openstack-auth-receipt': undefined,
      location: undefined,
    });
    // The recorded limit had a minute to wait; some of it has passed.
    if (output.status === 429) assert.ok(Number(wait) > 50 && Number(wait) <= 60, wait);
    else assert.equal(wait, output.headers['Retry-After']);
    const message = messages[name] ?? (messageExact ? messageOf(output.jsonText) : undefined);
    if (message !== undefined) assert.ok(answer.body.includes(`"${message}"`), answer.body);
    assert.equal(withoutMessage(answer.body), withoutMessage(document));
  }
}

function messageOf(jsonText: string): string {
  return (JSON.parse(jsonText) as { error: { message: string } }).error.message;
}

/** The rest of a document, whose bytes are exact where its message is a proposal. */
function withoutMessage(document: string): string {
  return document.replace(/("message": |message=)"[^"]*"/, '$1""');
}
