import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Tenants } from '../../src/identity/messages/tenants.ts';
import type { XmlElement } from '../../src/xml/element.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { assertSameXml } from '../identity/documents.ts';
import { answerOf, unscopedAnswer, v3Answer } from '../identity/fixtures.ts';
import type { RecordedExchange } from '../identity/recorded-forms.ts';
import { assertAllNeeded, type Deviations } from '../support/deviations.ts';
import { call, type TestAnswer } from '../support/http.ts';
import type { Scripted } from '../support/scripted-cloud.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { inJson, loginGateways } from './login-gateway.ts';

/** The status and type of an answer. */
interface Seen {
  readonly status: number;
  readonly contentType: string | undefined;
}

const recorded = recordings<RecordedExchange>('identity/http');
const gatewayWith = loginGateways();

const [json, xml] = ['application/json', 'application/xml'];
const onOnePort = 'all calls are on one port, and this one is not translated';
const noFormat = 'a fault has the type that the caller asked for';
const ignored = 'a modern cloud ignores the token beside good credentials';

/** The answers that are deliberately others than those of legacy Keystone. */
const deviations: Deviations<Seen> = present({
  'accept-05': { because: 'JSON has the higher q', instead: { status: 200, contentType: json } },
  'tokens-malformed-xml': { because: noFormat, instead: { status: 400, contentType: xml } },
  'tenants-bad-token-xml': { because: noFormat, instead: { status: 401, contentType: xml } },
  'tokens-stale-auth-token': { because: ignored, instead: { status: 200, contentType: json } },
  'tokens-stale-auth-token-xml': { because: ignored, instead: { status: 200, contentType: xml } },
  'tokens-empty-auth-token': { because: ignored, instead: { status: 200, contentType: json } },
  'tokens-too-large': { because: 'it meant 413, and crashed', instead: { status: 413, contentType: json } },
  'path-suffix-json': { because: 'clients of Rackspace send suffixes', instead: { status: 200, contentType: json } },
  'path-suffix-xml': { because: 'clients of Rackspace send suffixes', instead: { status: 200, contentType: xml } },
  'path-users-public': { because: onOnePort, instead: { status: 501, contentType: json } },
});

function present<T>(rows: Deviations<T>): Deviations<T> {
  return Object.fromEntries(Object.entries(rows).filter(([name]) => recorded.some((each) => each.name === name)));
}

/** The calls of administrators, which that Keystone had at another port; the gateway translates none. */
function isOfAdministrators({ request }: RecordedExchange): boolean {
  return request.headers['Host']?.endsWith(':35357') === true;
}

describe('recorded exchanges through the gateway', { skip: noRecordings }, () => {
  const callers = recorded.filter((exchange) => !isOfAdministrators(exchange));

  for (const exchange of callers) {
    test(exchange.name, async () => {
      const { answer, asked } = await replayed(exchange);
      const expected = deviations[exchange.name]?.instead ?? seen(exchange);
      assert.deepEqual({ status: answer.status, contentType: answer.headers['content-type'] }, expected);
      if (!isForwarded(exchange)) {
        assert.equal(answer.headers['vary'], 'X-Auth-Token');
        assert.equal(answer.headers['cache-control'], 'no-store');
      }
      assert.equal(asked, isDecidedAlone(exchange, answer) ? 0 : 1);
      if (deviations[exchange.name] === undefined) assertDocument(answer, exchange);
    });
  }

  test('no call of an administrator that the gateway does not translate reaches the cloud', async () => {
    for (const exchange of recorded.filter(isOfAdministrators)) {
      const { path } = exchange.request;
      if (/^\/v2\.0\/(?:tenants\/?(?:\?|$)|tokens)/.test(path)) continue;
      const { answer, asked } = await replayed(exchange);
      assert.deepEqual([answer.status, asked], [501, 0], exchange.name);
    }
  });

  test('each deviation is needed', () => {
    assert.ok(callers.length > 40);
    assertAllNeeded(deviations, new Map(recorded.map((exchange) => [exchange.name, seen(exchange)])));
  });
});

function seen({ response: { status, headers } }: RecordedExchange): Seen {
  return { status, contentType: new Map(headers).get('Content-Type') };
}

function isForwarded({ request }: RecordedExchange): boolean {
  return request.path.startsWith('/v3');
}

/** Tell the answers for which the cloud is not asked: documents of the gateway, unknown paths, and what it refuses itself. */
function isDecidedAlone({ request, response }: RecordedExchange, { status }: TestAnswer): boolean {
  if (isForwarded({ name: '', request, response })) return false;
  if (/^\/(?:$|v2\.0\/extensions)/.test(request.path)) return true;
  if ([400, 413].includes(status)) return !request.path.startsWith('/v2.0/tenants');
  return status === 501 || (status === 404 && !response.body.includes('Could not find token'));
}

async function replayed(exchange: RecordedExchange): Promise<{ readonly answer: TestAnswer; readonly asked: number }> {
  const { service, identityUrl } = await gatewayWith();
  service.script(cloudAnswer(exchange));
  const before = service.received.length;
  const { method, path, headers, body, bodyNote } = exchange.request;
  const sent = bodyNote === undefined ? body : ' '.repeat(120_000);
  const answer = await call(identityUrl, { method, path, headers, ...(sent !== undefined && { body: sent }) });
  return { answer, asked: service.received.length - before };
}

/** Make the answer of v3 from which the recorded one follows. */
function cloudAnswer({ name, request, response }: RecordedExchange): Scripted {
  const status = deviations[name]?.instead.status ?? response.status;
  if (request.path.startsWith('/v3')) return { status, headers: { 'Content-Type': json }, body: response.body };
  if (request.path.startsWith('/v2.0/tenants') && status !== 401) return tenantsFor(request.headers);
  if (request.method === 'DELETE' && status === 204) return { status };
  if ([401, 403, 404].includes(status) && !name.includes('belongs-to')) {
    return inJson(answerOf(status, { error: { code: status, message: 'no', title: 'no' } }));
  }
  const { headers, body } = response.body === '{}' || isUnscoped(response.body) ? unscopedAnswer() : v3Answer();
  return inJson({ status: request.method === 'POST' ? 201 : 200, headers, body });
}

function isUnscoped(body: string): boolean {
  return body.includes('"serviceCatalog": []') || body.includes('<serviceCatalog/>');
}

/** The tenants of the recorded user; one of the tokens has none. */
function tenantsFor(headers: Readonly<Record<string, string>>): Scripted {
  const own = recorded.find(({ name }) => name === 'tenants-name' || name === 'tenants-slash')?.response.body;
  const { tenants } = JSON.parse(own ?? '{"tenants": []}') as Tenants;
  const isNobody = headers['X-Auth-Token'] === '9c415ed5387d41a3b0aede898eb7a228';
  return inJson(answerOf(200, { projects: isNobody ? [] : tenants }));
}

/**
 * Compare a document. Its bytes count, but for two kinds: a token has an id, dates and URLs of its own, so that its members are
 * compared (the bytes are in recorded-answers.test.ts), and the refusals of the cloud have a message without what was asked for.
 */
function assertDocument({ headers, body }: TestAnswer, { request, response }: RecordedExchange): void {
  if (request.method === 'HEAD') return assert.equal(body, '');
  const isXml = headers['content-type'] === xml;
  if (/^(?:\{"(?:access|endpoints_links)"|<\?xml[^>]*>\n<(?:access|endpoints)\b)/.test(response.body)) {
    const shapeOf = isXml ? xmlShape : jsonShape;
    return assert.deepEqual(shapeOf(body), shapeOf(response.body));
  }
  const reworded = (text: string): string =>
    [403, 404].includes(response.status) ? text.replace(/("message": |message=)"[^"]*"/, '$1""') : text;
  if (isXml) assertSameXml(reworded(body), reworded(response.body));
  else assert.equal(reworded(body), reworded(response.body));
}

/** The members of a JSON document, without their values. */
function jsonShape(text: string): unknown {
  return shape(JSON.parse(text));
}

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return unique((value as unknown[]).map(shape));
  if (typeof value !== 'object' || value === null) return value === null ? 'string' : typeof value;
  const members = Object.entries(value).map(([key, member]) => [key, shape(member)] as const);
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The elements and attributes of an XML document, without their values. A modern token has no description of its project. */
function xmlShape(text: string): unknown {
  return elementShape(parseXml(Buffer.from(text)));
}

function elementShape({ name, attributes, children }: XmlElement): unknown {
  const inner = children.filter((child) => child.name !== 'description').map(elementShape);
  return { name, attributes: attributes.map((attribute) => attribute.name).toSorted(), children: unique(inner) };
}

function unique(shapes: readonly unknown[]): unknown {
  return [...new Set(shapes.map((one) => JSON.stringify(one)))].toSorted();
}
