import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { identityExtension, identityExtensions } from '../../src/identity/answer/identity-extensions.ts';
import { identityVersion2, identityVersions } from '../../src/identity/answer/identity-versions.ts';
import { pageOfTenants } from '../../src/identity/answer/tenants-of.ts';
import { tokenEndpointsOf } from '../../src/identity/answer/token-endpoints-of.ts';
import { writeIdentity, type WrittenIdentity } from '../../src/identity/write/write-identity.ts';
import { unknownRoute, untranslatedRoute } from '../../src/identity/faults/refusals.ts';
import { writeIdentityFault } from '../../src/identity/faults/write-fault.ts';
import type { Access } from '../../src/identity/messages/access.ts';
import { identityExtensionDocument, identityExtensionsDocument } from '../../src/identity/messages/extensions.ts';
import { tenantsDocument, type Tenants } from '../../src/identity/messages/tenants.ts';
import { tokenEndpointsDocument } from '../../src/identity/messages/token-endpoints.ts';
import { identityVersionDocument, identityVersionsDocument } from '../../src/identity/messages/versions.ts';
import { answerFormat } from '../../src/identity/request/answer-format.ts';
import { legacyLimits } from '../../src/identity/request/login-limits.ts';
import { readLogin } from '../../src/identity/request/read-login.ts';
import { findIdentityRoute, isIdentityPath, type FoundRoute } from '../../src/identity/routes.ts';
import { assertAllNeeded, type Deviations } from '../support/deviations.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { assertSameXml } from './documents.ts';
import type { RecordedExchange } from './recorded-forms.ts';

/** The part of an answer that is decided without the cloud: its status, its type and, for some calls, its text. */
interface Decided {
  readonly status: number;
  readonly contentType: string;
  readonly text?: string;
}

const recorded = recordings<RecordedExchange>('identity/http');
const root = 'http://identity.example.com:5000';

const [json, xml] = ['application/json', 'application/xml'];
/** The types of answers that legacy Keystone chose otherwise, and calls that it had elsewhere. */
const deviations: Deviations<Pick<Decided, 'status' | 'contentType'>> = present({
  'accept-05': { because: 'JSON has the higher q', instead: { status: 200, contentType: json } },
  'tokens-malformed-xml': {
    because: 'a fault has the type that the caller asked for',
    instead: { status: 400, contentType: xml },
  },
  'path-suffix-json': { because: 'clients of Rackspace send suffixes', instead: { status: 200, contentType: json } },
  'path-suffix-xml': { because: 'clients of Rackspace send suffixes', instead: { status: 200, contentType: xml } },
  'path-users-public': {
    because: 'all calls are on one port, and this one is not translated',
    instead: { status: 501, contentType: json },
  },
});

function present<T>(rows: Deviations<T>): Deviations<T> {
  return Object.fromEntries(Object.entries(rows).filter(([name]) => recorded.some((each) => each.name === name)));
}

/** The refusals of the cloud, of its administrators' calls, and of a token: the cloud decides about them. */
function isDecidedByCloud({ request, response }: RecordedExchange): boolean {
  if (request.path.includes('/v3')) return true;
  if (request.headers['Host']?.endsWith(':35357') === true) return true;
  return (
    [401, 403].includes(response.status) || (response.status === 404 && response.body.includes('Could not find token'))
  );
}

describe('recorded exchanges', { skip: noRecordings }, () => {
  const decided = recorded.filter((exchange) => !isDecidedByCloud(exchange));

  for (const exchange of decided) {
    if (exchange.request.bodyNote !== undefined) continue;
    test(exchange.name, () => {
      const expected = deviations[exchange.name]?.instead ?? seen(exchange);
      const { status, contentType, text } = answer(exchange);
      assert.deepEqual({ status, contentType }, expected);
      if (text === undefined || exchange.request.method === 'HEAD' || deviations[exchange.name] !== undefined) return;
      const { body } = exchange.response;
      if (contentType === xml) assertSameXml(text, body);
      else assert.equal(text, body);
    });
  }

  test('calls of administrators are not translated', () => {
    const admin = recorded.filter(({ request }) => /^\/v2\.0\/(?:users|OS-KSADM|tenants\/.)/.test(request.path));
    for (const { name, request } of admin) {
      if (request.path === '/v2.0/tenants/') continue;
      assert.equal(routeOf(request)?.route.call, 'untranslated', name);
    }
  });

  test('each deviation is needed', () => {
    assert.ok(decided.length > 40);
    assertAllNeeded(deviations, new Map(recorded.map((exchange) => [exchange.name, seen(exchange)])));
  });
});

function seen({ response: { status, headers } }: RecordedExchange): Pick<Decided, 'status' | 'contentType'> {
  return { status, contentType: new Map(headers).get('Content-Type') ?? '' };
}

function routeOf({ method, path, headers }: RecordedExchange['request']): FoundRoute | undefined {
  const isIdentityPort = /:(?:5000|35357)$/.test(headers['Host'] ?? '');
  return findIdentityRoute(method, path.split('?', 1)[0] ?? '', { isIdentityPort, hasKey: false });
}

function answer({ request, response }: RecordedExchange): Decided {
  const found = routeOf(request);
  const format = answerFormat({
    suffix: found?.suffix,
    accept: request.headers['Accept'],
    contentType: request.headers['Content-Type'],
    fallback: 'json',
  });
  try {
    if (found === undefined)
      throw isIdentityPath(request.path, false) ? unknownRoute() : new Fault(404, undefined, { reason: 'http' });
    const written = documentFor(found, { request, response }, format);
    if (written === noDocument) return { status: 204, contentType: '' };
    return { status: found.route.call === 'showIdentityVersions' ? 300 : 200, ...written };
  } catch (error) {
    const fault = Fault.from(error);
    const { text, contentType } = writeIdentityFault(fault, format);
    return { status: fault.status, contentType, text };
  }
}

type DecidedDocument = Pick<WrittenIdentity, 'contentType'> & { readonly text?: string };
/** The answer of a call without a document: 204. */
const noDocument: DecidedDocument = { contentType: 'application/json' };

/** Write the document of a call, from the content that legacy Keystone had where that is not the gateway's own. */
function documentFor(
  { route, segments }: FoundRoute,
  { request, response }: Pick<RecordedExchange, 'request' | 'response'>,
  format: 'json' | 'xml',
): DecidedDocument {
  switch (route.call) {
    case 'showIdentityVersions':
      return writeIdentity(identityVersionsDocument, identityVersions(root), format);
    case 'showIdentityVersion':
      return writeIdentity(identityVersionDocument, identityVersion2(root), format);
    case 'listIdentityExtensions':
      return writeIdentity(identityExtensionsDocument, identityExtensions(), format);
    case 'showIdentityExtension':
      return writeIdentity(identityExtensionDocument, identityExtension(segments['alias'] ?? ''), format);
    case 'logIn': {
      const body = { bytes: Buffer.from(request.body ?? ''), contentType: request.headers['Content-Type'] };
      readLogin(body, { apiKeys: 'refuse', limits: legacyLimits });
      return { contentType: `application/${format}` };
    }
    case 'listTenants':
      return listTenants(request, format);
    case 'listTokenEndpoints': {
      const isScoped = !response.body.startsWith('{}');
      return { ...writeIdentity(tokenEndpointsDocument, tokenEndpointsOf(isScoped ? scoped : unscoped), format) };
    }
    case 'checkToken':
    case 'revokeToken':
      return noDocument;
    case 'untranslated':
      throw untranslatedRoute();
    case 'changeOwnPassword':
    case 'forward':
    case 'logInByCredentials':
    case 'logInByHeaders':
    case 'validateToken':
      return { contentType: `application/${format}` };
    default:
      return route.call satisfies never;
  }
}

/** The tenants of the recorded user. */
const all = recorded
  .filter(({ name }) => name === 'tenants-name' || name === 'tenants-slash')
  .map(({ response }) => (JSON.parse(response.body) as Tenants).tenants)[0];

function listTenants({ path, headers }: RecordedExchange['request'], format: 'json' | 'xml'): WrittenIdentity {
  const query = new URL(path, root).searchParams;
  const page = { limit: query.get('limit') ?? undefined, marker: query.get('marker') ?? undefined };
  const isNobody = headers['X-Auth-Token'] === '9c415ed5387d41a3b0aede898eb7a228';
  return writeIdentity(tenantsDocument, pageOfTenants(isNobody ? [] : (all ?? []), page), format);
}

const validated = recorded.find(({ name }) => name === 'validate');
const scoped = (JSON.parse(validated?.response.body ?? '{}') as { access: Access }).access;
const unscoped: Access = {
  token: { expires: '', id: '' },
  serviceCatalog: [],
  user: {},
  metadata: {},
};
