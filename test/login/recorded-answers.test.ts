import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Access } from '../../src/identity/messages/access.ts';
import {
  assertRecorded,
  entriesOf,
  kept,
  keptOf,
  type RecordedAnswer,
  type RecordedDocument,
} from '../identity/recorded-access.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { loginGateways, type LoginGateway } from './login-gateway.ts';

const recorded = recordings<RecordedAnswer>('identity/response');
const gatewayWith = loginGateways();

const subject = 'SUBJECTTOKEN';
const login: TestRequest = {
  path: '/v2.0/tokens',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ auth: { tenantName: 'demo', passwordCredentials: { username: 'demo', password: 'secret' } } }),
};

/*
 * Let the identity service answer what a live Keystone 22 answered, and compare what the caller gets with the bytes of a live
 * Keystone 2014.1, in both formats. Each answer is that to one request of v3.
 */
describe('recorded answers through the gateway', { skip: noRecordings }, () => {
  test('there are some', () => {
    assert.ok(recorded.length > 15);
  });

  for (const answer of recorded) {
    const { name, output, settings } = answer;
    if (output === undefined) continue;
    test(name, async () => {
      const { computeUrl, identityUrl } = settings ?? { computeUrl: '', identityUrl: '' };
      const gateway = await gatewayWith({
        GATEWAY_PUBLIC_URL: computeUrl,
        GATEWAY_IDENTITY_PUBLIC_URL: identityUrl,
        GATEWAY_IDENTITY_REGION: regionOf(answer) ?? '',
      });
      const json = await answered(gateway, answer, {});
      const xml = await answered(gateway, answer, { Accept: 'application/xml' });
      assert.deepEqual(
        [json.headers['content-type'], xml.headers['content-type']],
        ['application/json', 'application/xml'],
      );
      assert.equal(Number(json.headers['content-length']), Buffer.byteLength(json.body));
      if (answer.call === undefined) assertAccess({ json: json.body, xml: xml.body }, output, regionOf(answer));
      else assert.deepEqual([json.body, xml.body], [output.jsonText, output.xml]);
    });
  }
});

/** The region that the gateway serves: the one given, else the first with compute. */
function regionOf({ settings, input }: RecordedAnswer): string | undefined {
  const { token } = input.body as { token?: { catalog?: { type: string; endpoints: { region: string | null }[] }[] } };
  const [first] = token?.catalog?.find(({ type }) => type === 'compute')?.endpoints ?? [];
  return settings?.region ?? first?.region ?? undefined;
}

async function answered(
  { service, url }: LoginGateway,
  { call: target, input }: RecordedAnswer,
  accept: Readonly<Record<string, string>>,
): Promise<TestAnswer> {
  service.script({ status: input.status, headers: input.headers ?? {}, body: JSON.stringify(input.body) });
  const before = service.received.length;
  const known = input.status === 200 ? (input.headers?.['X-Subject-Token'] ?? subject) : subject;
  const reading = (path: string): TestRequest => ({ method: 'GET', path, headers: { 'X-Auth-Token': 'T', ...accept } });
  const request =
    target !== undefined
      ? reading(target.split(' ')[1] ?? '')
      : input.status === 200
        ? reading(`/v2.0/tokens/${known}`)
        : { ...login, headers: { ...login.headers, ...accept } };
  const answer = await call(url, request);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['vary'], 'X-Auth-Token');
  assert.equal(answer.headers['cache-control'], 'no-store');
  const received = service.received.slice(before);
  assert.equal(received.length, 1);
  if (request.path.includes(known)) assert.equal(received[0]?.headers['x-subject-token'], known);
  return answer;
}

/** Compare the entries that the gateway keeps; without a dropped one the whole documents are those of legacy Keystone. */
function assertAccess(
  written: { readonly json: string; readonly xml: string },
  output: RecordedDocument,
  region: string | undefined,
): void {
  const { access } = JSON.parse(written.json) as { access: Access };
  assert.deepEqual(kept(access), keptOf(output, region));
  if (entriesOf(access) === entriesOf(output.json['access'] as Access)) assertRecorded(written, output);
}
