import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessOf, accessWith } from '../../src/identity/answer/access-of.ts';
import { foldCatalogue } from '../../src/identity/answer/fold-catalogue.ts';
import { pageOfTenants, readTenants } from '../../src/identity/answer/tenants-of.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { pythonJson } from '../../src/identity/write/python-json.ts';
import { writeIdentity } from '../../src/identity/write/write-identity.ts';
import { accessDocument, type Access } from '../../src/identity/messages/access.ts';
import { tenantsDocument } from '../../src/identity/messages/tenants.ts';
import type { CloudAnswer } from '../../src/upstream/cloud-answer.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { assertSameXml, sortedLists } from './documents.ts';

/** The documents that a live Keystone 2014.1 wrote. */
interface RecordedDocument {
  readonly json: Readonly<Record<string, unknown>>;
  readonly jsonText: string;
  readonly xml: string;
}

/** An answer of a live Keystone 22, and that of a live Keystone 2014.1 with the same accounts. */
interface RecordedAnswer {
  readonly name: string;
  readonly call?: string;
  readonly settings?: { readonly computeUrl: string; readonly identityUrl: string; readonly region?: string };
  readonly input: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly output?: RecordedDocument;
  readonly unrewritten?: RecordedDocument;
}

const recorded = recordings<RecordedAnswer>('identity/response');
const tokens = recorded.filter(({ unrewritten }) => unrewritten !== undefined);
const tenants = recorded.filter(({ call }) => call?.startsWith('GET /v2.0/tenants') === true);

/** A token that is validated is in the path of v2.0, and in a header field of v3's request. */
const subject = 'X-Subject-Token';

describe('recorded tokens', { skip: noRecordings }, () => {
  test('there are some, of both kinds', () => {
    assert.ok(tokens.length > 10 && tenants.length > 2);
    assert.equal(tokens.length + tenants.length, recorded.length);
  });

  for (const { name, input, unrewritten } of tokens) {
    test(`${name} is what legacy Keystone wrote`, () => {
      const token = readV3Token(cloudAnswer(input), input.headers?.[subject]);
      assertWritten(accessWith(token, foldCatalogue(token.catalog)), unrewritten);
    });
  }

  for (const { name, input, output, settings } of tokens) {
    if (output === undefined || settings === undefined) continue;
    test(`${name} leads to the gateway`, () => {
      const token = readV3Token(cloudAnswer(input), input.headers?.[subject]);
      const [first] = token.catalog.find(({ type }) => type === 'compute')?.endpoints ?? [];
      const region = settings.region ?? first?.region ?? undefined;
      const { access } = accessOf(token, { ...settings, region, upstreamHost: undefined });
      assert.deepEqual(kept(access), keptOf(output, region));
      // Without a dropped entry the whole documents are those of legacy Keystone.
      if (entriesOf(access) === entriesOf(output.json['access'] as Access)) assertWritten(access, output);
    });
  }
});

describe('recorded lists of tenants', { skip: noRecordings }, () => {
  for (const { name, call = '', input, output } of tenants) {
    test(name, () => {
      const query = new URL(call.split(' ')[1] ?? '', 'http://gateway').searchParams;
      const page = { limit: query.get('limit') ?? undefined, marker: query.get('marker') ?? undefined };
      const content = pageOfTenants(readTenants(cloudAnswer(input), { id: 'default' }), page);
      const { jsonText, xml } = output ?? assert.fail('a list has an answer');
      assert.equal(writeIdentity(tenantsDocument, content, 'json').text, jsonText);
      assert.equal(writeIdentity(tenantsDocument, content, 'xml').text, xml);
    });
  }
});

function cloudAnswer({ status, headers = {}, body }: RecordedAnswer['input']): CloudAnswer {
  const fields = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { status, headers: Object.fromEntries(fields), body: Buffer.from(JSON.stringify(body)) };
}

/** Compare the documents of an access; the order of services, endpoints and roles was that of a dict of Python. */
function assertWritten(access: Access, expected: RecordedDocument | undefined): void {
  const { json, jsonText, xml } = expected ?? assert.fail('a token has an answer');
  const written = writeIdentity(accessDocument, access, 'json').text;
  assert.equal(pythonJson(JSON.parse(written)), written);
  assert.equal(pythonJson(JSON.parse(jsonText)), jsonText);
  assert.deepEqual(sortedLists(JSON.parse(written)), sortedLists(json));
  // The answer to a validation had been stored, which changed the order of its members.
  if (!jsonText.includes('[{"endpoints_links"')) {
    assert.equal(pythonJson(sortedLists(JSON.parse(written))), pythonJson(sortedLists(JSON.parse(jsonText))));
  }
  assertSameXml(writeIdentity(accessDocument, access, 'xml').text, xml);
}

type Entry = readonly [type: unknown, region: unknown, endpoint: unknown];

function entries({ serviceCatalog }: Access): Entry[] {
  return serviceCatalog.flatMap(({ type, endpoints = [] }) => endpoints.map((one): Entry => [type, one.region, one]));
}

function entriesOf(access: Access): number {
  return entries(access).length;
}

function kept(access: Access): unknown {
  return sortedLists(entries(access));
}

/** The entries of a recorded catalogue that the gateway keeps. */
function keptOf({ json }: RecordedDocument, region: string | undefined): unknown {
  const all = entries(json['access'] as Access);
  const identity = all.filter(([type]) => type === 'identity');
  const here = identity.filter(([, name]) => name === (region ?? null));
  return sortedLists([
    ...all.filter(([type, name]) => type === 'compute' && name === (region ?? null)),
    ...(here.length > 0 ? here : identity),
    ...all.filter(([type]) => !/^(?:compute.*|identity)$/.test(String(type))),
  ]);
}
