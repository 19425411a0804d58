import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerOf, project, unscopedAnswer, v3Answer, v3Service } from '../identity/fixtures.ts';
import { call } from '../support/http.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { inJson, loginGateways } from './login-gateway.ts';

/** A login by header fields at the filter of Keystone 2011.3. */
interface RecordedHeaderLogin {
  readonly name: string;
  readonly input: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly v2: {
    readonly answer: {
      readonly status: number;
      readonly body: {
        readonly access?: {
          readonly token: { readonly id: string };
          readonly serviceCatalog?: readonly {
            readonly type?: string;
            readonly name?: string;
            readonly endpoints: readonly { readonly publicURL: string }[];
          }[];
        };
      };
    };
  };
  readonly output: { readonly status: number; readonly headers: readonly (readonly [string, string])[] };
}

const recorded = recordings<RecordedHeaderLogin>('identity/header-auth');
const gatewayWith = loginGateways();
const computeUrl = 'http://gateway.example.com:8774';

/** The types of services by name, where the recorded catalogue has none; v3 has one for each. */
const types: Readonly<Record<string, string>> = { nova: 'compute', swift: 'object-store', cdn: 'rax:object-cdn' };

/*
 * Diablo gave a token without a project and the whole catalogue. v3 has a catalogue only for a project: without one in the
 * request the gateway asks for the user's only project, with three requests in all.
 */
describe('recorded logins by header fields through the gateway', { skip: noRecordings }, () => {
  test('there are some', () => {
    assert.ok(recorded.length > 5);
  });

  for (const { name, input, v2, output } of recorded) {
    for (const hasProject of [false, true]) {
      test(`${name}, ${hasProject ? 'with' : 'without'} a project`, async () => {
        const { service, url } = await gatewayWith({ GATEWAY_PUBLIC_URL: computeUrl });
        service.script(...scriptFor(v2.answer, hasProject));
        const before = service.received.length;
        const headers = { ...input.headers, ...(hasProject && { 'X-Auth-Project-Id': 'demo' }) };
        const answer = await call(url, { method: input.method, path: input.path, headers });
        assert.equal(answer.status, output.status);
        const asked = service.received.slice(before).map(({ method, path }) => `${method} ${path}`);
        const login = 'POST /v3/auth/tokens';
        const isOne = hasProject || output.status !== 204;
        assert.deepEqual(asked, isOne ? [login] : [login, 'GET /v3/auth/projects', login]);
        if (output.status === 204) assert.deepEqual(fieldsOf(answer.headers), expectedFields(output.headers));
        else assert.match(answer.headers['www-authenticate'] ?? '', /^Keystone uri="http:/);
      });
    }
  }
});

function scriptFor(
  { status, body: { access } }: RecordedHeaderLogin['v2']['answer'],
  hasProject: boolean,
): ReturnType<typeof inJson>[] {
  if (access === undefined) return [inJson(answerOf(status, { error: { code: status } }))];
  const catalog = (access.serviceCatalog ?? []).map(({ type, name = '', endpoints }) => ({
    ...v3Service(type ?? types[name] ?? name, name, {}),
    endpoints: endpoints.map(({ publicURL }, at) => ({
      id: String(at),
      interface: 'public',
      region: 'R',
      url: publicURL,
    })),
  }));
  const scoped = inJson(v3Answer({ catalog }));
  const withToken = { ...scoped, headers: { ...scoped.headers, 'x-subject-token': access.token.id } };
  if (hasProject) return [withToken];
  const projects = [{ id: project, name: 'demo', enabled: true, domain_id: 'default' }];
  return [inJson(unscopedAnswer('UNSCOPED')), inJson(answerOf(200, { projects })), withToken];
}

/** The fields of an answer that a client of that time reads: the token, and one for each service. */
function fieldsOf(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => /^x-(?!.*request-id$)/.test(name)));
}

/** The recorded fields; the URLs of compute and identity are the gateway's, whether or not the catalogue had them. */
function expectedFields(headers: RecordedHeaderLogin['output']['headers']): Readonly<Record<string, string>> {
  const lower = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const own = { 'x-server-management-url': `${computeUrl}/v1.1/${project}`, 'x-keystone': `${computeUrl}/v2.0` };
  return { ...fieldsOf(Object.fromEntries(lower)), ...own };
}
