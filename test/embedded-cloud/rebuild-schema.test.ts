import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IMAGE, assertFault, at, sendRebuild, serverOf, startScene } from './cloud-caller.ts';

const BAD_NAME =
  "An invalid 'name' value was provided. The name must be: printable characters. Can not start or end with whitespace.";

/** Each member, the first and last microversion 2.x that have it, and a valid value. */
const SPANS: readonly {
  readonly name: string;
  readonly good: unknown;
  readonly since: number;
  readonly until: number;
}[] = [
  { name: 'name', good: 'foobar', since: 1, until: 93 },
  { name: 'adminPass', good: '', since: 1, until: 93 },
  { name: 'metadata', good: { 'My Server Name': 'Apache1' }, since: 1, until: 93 },
  { name: 'accessIPv4', good: '1.2.3.4', since: 1, until: 93 },
  { name: 'accessIPv6', good: 'fe80::100', since: 1, until: 93 },
  { name: 'OS-DCF:diskConfig', good: 'AUTO', since: 1, until: 93 },
  { name: 'preserve_ephemeral', good: 'off', since: 1, until: 93 },
  { name: 'personality', good: [{ path: '/etc/banner.txt', contents: 'e A=\n=' }], since: 1, until: 56 },
  { name: 'description', good: null, since: 19, until: 93 },
  { name: 'key_name', good: 'spare-key', since: 54, until: 93 },
  { name: 'user_data', good: 'eA==', since: 57, until: 93 },
  { name: 'trusted_image_certificates', good: ['a'], since: 63, until: 93 },
  { name: 'hostname', good: 'web-one', since: 90, until: 93 },
];

for (const { name, good, since, until } of SPANS) {
  test(`${name} is accepted from 2.${since} to 2.${until} and refused around it`, async (t) => {
    const { cloud, clock } = await startScene(t);
    for (const minor of [since, until]) {
      assert.equal((await sendRebuild(cloud, { [name]: good }, minor)).status, 202);
      clock.now += 10_000;
    }
    for (const minor of [since - 1, until + 1].filter((outside) => outside >= 1 && outside <= 93)) {
      const reply = await sendRebuild(cloud, { [name]: good }, minor);
      assertFault(reply, 400, 'badRequest', /^Invalid input for field\/attribute rebuild\. Value: \{'imageRef': /);
      assert.ok(reply.body.includes(`Additional properties are not allowed ('${name}' was unexpected)`));
    }
  });
}

test('a refusal quotes the whole request, the password included', async (t) => {
  const { cloud } = await startScene(t);
  const reply = await sendRebuild(cloud, { adminPass: 'seekr3t', foo: 1, bar: [true, null, "it's"] });
  const value = `{'imageRef': '${IMAGE}', 'adminPass': 'seekr3t', 'foo': 1, 'bar': [True, None, "it's"]}`;
  assertFault(
    reply,
    400,
    'badRequest',
    `Invalid input for field/attribute rebuild. Value: ${value}. ` +
      "Additional properties are not allowed ('bar', 'foo' were unexpected)",
  );
});

/** Members with an invalid value and the reason of the refusal; `at` is the attribute named, if it is another one. */
const REFUSALS: readonly {
  readonly name: string;
  readonly bad: unknown;
  readonly at?: string;
  readonly value?: string;
  readonly reason: string;
  readonly minor?: number;
}[] = [
  { name: 'imageRef', bad: `http://x/images/${IMAGE}`, reason: `'http://x/images/${IMAGE}' is not a 'uuid'` },
  { name: 'imageRef', bad: null, value: 'None', reason: "None is not of type 'string'" },
  { name: 'imageRef', bad: '', reason: "'' is not a 'uuid'" },
  { name: 'name', bad: '', reason: "'' is too short" },
  { name: 'name', bad: 'x'.repeat(256), reason: `'${'x'.repeat(256)}' is too long` },
  { name: 'name', bad: null, value: 'None', reason: "None is not of type 'string'" },
  { name: 'adminPass', bad: null, value: 'None', reason: "None is not of type 'string'" },
  { name: 'metadata', bad: null, value: 'None', reason: "None is not of type 'object'" },
  { name: 'metadata', bad: { a: 1 }, at: 'a', value: '1', reason: "1 is not of type 'string'" },
  {
    name: 'metadata',
    bad: { a: 'x'.repeat(256) },
    at: 'a',
    value: 'x'.repeat(256),
    reason: `'${'x'.repeat(256)}' is too long`,
  },
  {
    name: 'metadata',
    bad: { 'a/b': 'x' },
    value: "{'a/b': 'x'}",
    reason: "'a/b' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'",
  },
  { name: 'accessIPv4', bad: '', reason: "'' is not a 'ipv4'" },
  { name: 'accessIPv4', bad: '1.2.3.04', reason: "'1.2.3.04' is not a 'ipv4'" },
  { name: 'accessIPv6', bad: 'fe80::100%eth0', reason: "'fe80::100%eth0' is not a 'ipv6'" },
  { name: 'accessIPv6', bad: 'fe80::100/64', reason: "'fe80::100/64' is not a 'ipv6'" },
  { name: 'OS-DCF:diskConfig', bad: 'auto', reason: "'auto' is not one of ['AUTO', 'MANUAL']" },
  { name: 'OS-DCF:diskConfig', bad: null, value: 'None', reason: "None is not of type 'string'" },
  { name: 'preserve_ephemeral', bad: 1, value: '1', reason: "1 is not of type 'boolean', 'string'" },
  { name: 'personality', bad: null, value: 'None', reason: "None is not of type 'array'" },
  {
    name: 'personality',
    bad: [{ path: '/x', contents: 'eA' }],
    at: 'contents',
    value: 'eA',
    reason: "'eA' is not a 'base64'",
  },
  {
    name: 'personality',
    bad: [{ path: '/x', contents: 'eA==', mode: 1 }],
    at: '0',
    value: "{'path': '/x', 'contents': 'eA==', 'mode': 1}",
    reason: "Additional properties are not allowed ('mode' was unexpected)",
  },
  { name: 'description', bad: 1, value: '1', reason: "1 is not of type 'string', 'null'", minor: 19 },
  { name: 'key_name', bad: '', reason: "'' is not valid under any of the given schemas", minor: 54 },
  { name: 'user_data', bad: 'eA', reason: "'eA' is not valid under any of the given schemas", minor: 57 },
  {
    name: 'user_data',
    bad: 'A'.repeat(65_536),
    reason: `'${'A'.repeat(65_536)}' is not valid under any of the given schemas`,
    minor: 57,
  },
  { name: 'trusted_image_certificates', bad: [], value: '[]', reason: '[] is too short', minor: 63 },
  {
    name: 'trusted_image_certificates',
    bad: ['a', 'a'],
    value: "['a', 'a']",
    reason: "['a', 'a'] has non-unique elements",
    minor: 63,
  },
  { name: 'hostname', bad: 'x', reason: "'x' is too short", minor: 90 },
];

for (const { name, bad, at: attribute = name, value = String(bad), reason, minor } of REFUSALS) {
  test(`${name} ${JSON.stringify(bad).slice(0, 60)} is refused`, async (t) => {
    const { cloud } = await startScene(t);
    const message = `Invalid input for field/attribute ${attribute}. Value: ${value}. ${reason}`;
    assertFault(await sendRebuild(cloud, { [name]: bad }, minor), 400, 'badRequest', message);
  });
}

for (const name of [' ', ' a', 'a ', '\u2003a', 'a\tb', 'a\nb', 'a\u0001', 'a\u200bb', '😀']) {
  test(`the name ${JSON.stringify(name)} is refused, and the fault does not quote it`, async (t) => {
    const { cloud } = await startScene(t);
    assertFault(await sendRebuild(cloud, { name }), 400, 'badRequest', BAD_NAME);
  });
}

for (const name of ['x', 'x'.repeat(255), 'a b', 'clé', "it's <b>&amp;"]) {
  test(`the name ${JSON.stringify(name).slice(0, 20)} is accepted`, async (t) => {
    const { cloud } = await startScene(t);
    assert.equal(serverOf(await sendRebuild(cloud, { name }))['name'], name);
  });
}

test('an error at the top level is reported before one further inside', async (t) => {
  const { cloud } = await startScene(t);
  const reply = await sendRebuild(cloud, { name: '', metadata: { a: 1 }, imageRef: undefined });
  assertFault(reply, 400, 'badRequest', /'imageRef' is a required property$/);
  assertFault(
    await sendRebuild(cloud, { metadata: { a: 1 }, adminPass: null }),
    400,
    'badRequest',
    /attribute adminPass\./,
  );
});

test('65535 characters of user_data pass, including white space', async (t) => {
  const { cloud } = await startScene(t);
  const userData = `${'A'.repeat(65_532)} \n `;
  const reply = await sendRebuild(cloud, { user_data: userData }, 57);
  assert.equal(reply.status, 202);
  assert.equal(at(reply.document, 'server', 'user_data'), userData);
});

test('metadata may hold characters that XML cannot, and a key like __proto__', async (t) => {
  const { cloud } = await startScene(t);
  const metadata = JSON.parse('{"__proto__":"x","a":"\\u0001","b":""}');
  const reply = await sendRebuild(cloud, { metadata });
  assert.ok(reply.body.includes('"metadata":{"__proto__":"x","a":"\\u0001","b":""}'), reply.body);
});
