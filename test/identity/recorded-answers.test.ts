import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessOf, accessWith } from '../../src/identity/answer/access-of.ts';
import { foldCatalogue } from '../../src/identity/answer/fold-catalogue.ts';
import { pageOfTenants, readTenants } from '../../src/identity/answer/tenants-of.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { writeIdentity } from '../../src/identity/write/write-identity.ts';
import { accessDocument, type Access } from '../../src/identity/messages/access.ts';
import { tenantsDocument } from '../../src/identity/messages/tenants.ts';
import type { CloudAnswer } from '../../src/upstream/cloud-answer.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import {
  assertRecorded,
  entriesOf,
  kept,
  keptOf,
  type RecordedAnswer,
  type RecordedDocument,
} from './recorded-access.ts';

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

function assertWritten(access: Access, expected: RecordedDocument | undefined): void {
  const [json, xml] = (['json', 'xml'] as const).map((format) => writeIdentity(accessDocument, access, format).text);
  assertRecorded({ json: json ?? '', xml: xml ?? '' }, expected);
}
