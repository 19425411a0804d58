import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { pageOfTenants } from '../../src/identity/answer/tenants-of.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { cloudIdentityFault } from '../../src/identity/faults/cloud-faults.ts';
import { tooManyLogins, untranslatedRoute } from '../../src/identity/faults/refusals.ts';
import { identityHeaders, writeIdentityFault } from '../../src/identity/faults/write-fault.ts';
import { findIdentityRoute } from '../../src/identity/routes.ts';
import type { CloudAnswer } from '../../src/upstream/cloud-answer.ts';
import { assertAllNeeded, type Deviations } from '../support/deviations.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import type { RecordedFault } from './recorded-forms.ts';

const recorded = recordings<RecordedFault>('identity/fault');
const root = 'http://identity.example.com:5000';

const messages: Deviations<string> = {
  'validate-unknown': { because: 'a fault never quotes a token', instead: 'Could not find token.' },
};

/** The faults of requests that never reach the cloud, or get no answer. */
const withoutAnswer: Readonly<Record<string, () => Fault>> = {
  'body-over-the-limit': () => new Fault(413, undefined, { reason: 'body-too-large' }),
  'gateway-rate-limit': () => tooManyLogins(60),
  'cloud-unreachable': () => new Fault(503, undefined, { reason: 'cloud-unreachable' }),
  'cloud-too-slow': () => new Fault(504, undefined, { reason: 'cloud-timeout' }),
  'not-implemented': untranslatedRoute,
  'tenants-bad-limit': () => faultOf(() => pageOfTenants([], { limit: 'x', marker: undefined })),
  'tenants-bad-marker': () => faultOf(() => pageOfTenants([], { limit: undefined, marker: 'nope' })),
};

describe('recorded faults', { skip: noRecordings }, () => {
  for (const { name, call, input, output, messageExact } of recorded) {
    test(name, () => {
      const fault = input.status === 0 ? withoutAnswer[name]?.() : answered(call, input);
      assert.ok(fault !== undefined, `${name} has no answer, and is not in the table`);
      assert.equal(fault.status, output.status);
      const expected = messages[name]?.instead ?? (messageExact ? messageOf(output.jsonText) : undefined);
      const json = writeIdentityFault(fault, 'json').text;
      if (expected !== undefined) assert.equal(messageOf(json), expected);
      const reworded = (text: string): string => text.replace(messageOf(output.jsonText), messageOf(json));
      assert.equal(json, reworded(output.jsonText));
      assert.equal(writeIdentityFault(fault, 'xml').text, reworded(output.xml));
      const { 'Cache-Control': cache, ...headers } = identityHeaders(root, fault);
      assert.deepEqual(headers, output.headers);
      assert.equal(cache, 'no-store');
    });
  }

  test('each deviation is needed', () => {
    const all = recorded.map(({ name, output }) => [name, messageOf(output.jsonText)] as const);
    assert.ok(all.length > 15);
    assertAllNeeded(messages, new Map(all));
  });
});

function answered(call: string, { status, headers, body }: RecordedFault['input']): Fault {
  const fields = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const answer: CloudAnswer = { status, headers: Object.fromEntries(fields), body: Buffer.from(body) };
  if (status >= 200 && status < 300) return faultOf(() => readV3Token(answer));
  const [method = '', target = ''] = call.split(' ');
  const path = target.split('?', 1)[0] ?? '';
  const found = findIdentityRoute(method, path, { isIdentityPort: false, hasKey: false });
  assert.ok(found !== undefined, call);
  return cloudIdentityFault(answer, { call: found.route.call });
}

function faultOf(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    return Fault.from(error);
  }
  return assert.fail('no fault');
}

function messageOf(jsonText: string): string {
  return (JSON.parse(jsonText) as { error: { message: string } }).error.message;
}
