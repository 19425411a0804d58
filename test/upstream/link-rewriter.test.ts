// Protects src/upstream/link-rewriter.ts: the links of an answer that is passed on lead to the gateway.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { createCloudLinks } from '../../src/upstream/link-rewriter.ts';

const gateway = 'https://gw.example/compute';

/** The text of an answer as a caller of a version gets it. */
function rewritten(text: string, cloudUrl = 'http://cloud.example:8774', version = 'v2.1', isCompute = true): string {
  const base = { publicUrl: gateway, version, cloudPath: new URL(cloudUrl).pathname.replace(/\/+$/, '') };
  return createCloudLinks(cloudUrl).rewriter(base, isCompute).whole(text);
}

/** The same text, in parts. */
function inParts(parts: readonly string[]): string {
  const base = { publicUrl: gateway, version: 'v2', cloudPath: '' };
  const links = createCloudLinks('http://cloud.example:8774').rewriter(base, true);
  const sent = [...parts.map((part) => links.part(Buffer.from(part, 'latin1'))), links.rest()];
  return Buffer.concat(sent.filter((part) => part !== undefined)).toString('latin1');
}

describe('a link to the cloud is one to the gateway', () => {
  for (const [given, expected] of [
    ['{"href":"http://cloud.example:8774/v2.1/"}', `{"href":"${gateway}/v2.1/"}`],
    ['{"href": "http://cloud.example:8774/v2.1"}', `{"href": "${gateway}/v2.1"}`],
    ['{"href":"https://CLOUD.example:8774/p/servers/1"}', `{"href":"${gateway}/p/servers/1"}`],
    ['["http://cloud.example:8774"]', `["${gateway}"]`],
    ['{"next":"http://cloud.example:8774?marker=1"}', `{"next":"${gateway}?marker=1"}`],
    ['{"a":"http:\\/\\/cloud.example:8774\\/v2.1\\/x"}', `{"a":"${gateway}/v2.1\\/x"}`],
    [
      '{"href" : "https://api.internal:5000/nova/v2.1/servers?marker=1"}',
      `{"href" : "${gateway}/v2.1/servers?marker=1"}`,
    ],
  ] as const)
    test(given, () => assert.equal(rewritten(given), expected));

  test('in the version of a legacy caller, who knows no other', () => {
    const given = '{"href":"http://cloud.example:8774/v2.1/p"},{"href":"http://cloud.example:8774/v2/p"}';
    assert.equal(rewritten(given, undefined, 'v1.1'), `{"href":"${gateway}/v1.1/p"},{"href":"${gateway}/v1.1/p"}`);
  });

  test('without the path and with either spelling of the port of the cloud', () => {
    const given = '["https://c/compute/v2.1/x","http://c:80/compute","https://c:443/compute/a"]';
    assert.equal(rewritten(given, 'https://c/compute'), `["${gateway}/v2.1/x","${gateway}","${gateway}/a"]`);
  });
});

describe('everything else stays as it is', () => {
  for (const given of [
    '{"href":"http://cloud.example:9292/images/1"}',
    '{"href":"http://cloud.example:87741/v2/x"}',
    '{"href":"http://cloud.example.org:8774/x"}',
    '{"href":"http://other.example/p/servers"}',
    '{"href":"http://other.example/v2/images/1"}',
    '{"href":"http://other.example/v2.10/x"}',
    '{"description":"see http://cloud.example:8774/v2.1/"}',
    '{"user_data":"{\\"href\\":\\"http://cloud.example:8774/v2.1/\\"}"}',
    '{"name":"\\"http://cloud.example:8774/v2.1/"}',
    '{"url":"http://other.example/v2.1/x"}',
    '',
    '\xff\xfe"http',
  ])
    test(given, () => assert.equal(rewritten(given), given));

  test('what lies beside the path of the cloud', () => {
    const given = '["http://c/identity/v3","http://c/computers/v2"]';
    assert.equal(rewritten(given, 'http://c/compute'), given);
  });

  test('links of another service to v2.1 of another host', () => {
    const given = '{"href":"http://other.example/v2.1/x"}';
    assert.equal(rewritten(given, undefined, 'v2.1', false), given);
  });
});

describe('a body in parts is converted as a whole one', () => {
  const pieces = fc.constantFrom(
    '"href": "http://cloud.example:8774/v2.1/p/servers/1"',
    '"href":"http://other.example/nova/v2.1/x"',
    '"http://cloud.example:8774"',
    '"http:\\/\\/cloud.example:8774\\/v2"',
    '"http://cloud.example:87740/v2"',
    '\\"http://cloud.example:8774/v2"',
    '\\',
    '"',
    'x'.repeat(700),
    '\xff',
    '{,}',
  );
  test('wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.array(fc.nat(900), { minLength: 1 }), (texts, sizes) => {
        const text = texts.join('');
        const parts: string[] = [];
        for (let at = 0, turn = 0; at < text.length; turn += 1) {
          const size = 1 + (sizes[turn % sizes.length] ?? 0);
          parts.push(text.slice(at, at + size));
          at += size;
        }
        assert.equal(inParts(parts), rewritten(text, undefined, 'v2'));
      }),
      { numRuns: 500 },
    );
  });

  test('byte by byte', () => {
    const text = `{"links":[${'{"rel":"self","href":"http://cloud.example:8774/v2.1/p/servers/1"},'.repeat(400)}{}]}`;
    assert.equal(inParts(text.split('')), rewritten(text, undefined, 'v2'));
    assert.ok(!inParts(text.split('')).includes('cloud.example'));
  });
});

test('links in a header field are converted', () => {
  const base = { publicUrl: gateway, version: 'v2', cloudPath: '' };
  assert.equal(
    createCloudLinks('http://c:8774').inField(
      '<http://c:8774/v2.1/p?marker=1>; rel="next", <http://other/>; rel=x',
      base,
    ),
    `<${gateway}/v2/p?marker=1>; rel="next", <http://other/>; rel=x`,
  );
});
