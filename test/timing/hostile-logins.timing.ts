import { describe, test } from 'node:test';
import { accessOf } from '../../src/identity/answer/access-of.ts';
import { headerAnswer } from '../../src/identity/answer/header-answer.ts';
import { pageOfTenants, readTenants } from '../../src/identity/answer/tenants-of.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { cloudIdentityFault } from '../../src/identity/faults/cloud-faults.ts';
import { writeIdentityFault } from '../../src/identity/faults/write-fault.ts';
import { accessDocument } from '../../src/identity/messages/access.ts';
import { tenantsDocument } from '../../src/identity/messages/tenants.ts';
import { answerFormat } from '../../src/identity/request/answer-format.ts';
import { readHeaderLogin } from '../../src/identity/request/header-login.ts';
import { loginRequest } from '../../src/identity/request/login.ts';
import { readLogin } from '../../src/identity/request/read-login.ts';
import { findIdentityRoute } from '../../src/identity/routes.ts';
import { writeIdentity } from '../../src/identity/write/write-identity.ts';
import { Fault } from '../../src/fault.ts';
import { here, keystoneRules } from '../identity/fixtures.ts';
import { createRandom } from '../promises/random.ts';
import type { Around, Vocabulary } from '../support/hostile-texts.ts';
import { headerFields, jsonContent, targets, xmlContent, xmlTags } from './callers/vocabularies.ts';
import { faultBodies, structures, texts } from './clouds/vocabularies.ts';
import { assertNoneHolds, type Target } from './slowest-texts.ts';

/** A longer run: `HOSTILE_TEXTS=20000 HOSTILE_SEED=7 npm run test:timing`. */
const count = Number(process.env['HOSTILE_TEXTS'] ?? 100);
const seed = Number(process.env['HOSTILE_SEED'] ?? 1);
const shown = 3;

const formats = ['json', 'xml'] as const;
const rules = { ...keystoneRules, apiKeys: 'password' } as const;

/** Work that may be refused: the fault is written, too, because the caller gets it. */
const orFault = (work: () => unknown) => () => {
  try {
    return work();
  } catch (error) {
    return formats.map((format) => writeIdentityFault(Fault.from(error), format));
  }
};

/** Bodies of logins of the default limit. */
function logins(name: string, format: 'json' | 'xml', vocabulary: Vocabulary, frames: readonly Around[]): Target {
  const most = 114_688;
  return {
    name: `logins: ${name}`,
    vocabulary: { ...vocabulary, frames },
    most,
    prepare: (text) => {
      const body = { bytes: Buffer.from(text).subarray(0, most), contentType: `application/${format}` };
      return orFault(() =>
        loginRequest(readLogin(body, rules), { user: { id: 'default' }, project: 'none', unscoped: 'explicit' }),
      );
    },
  };
}

/** The longest answer of an identity service that can be read in one turn, in bytes: a large catalogue has some 100 KB. */
const mostAnswer = 524_288;
const tokenStart =
  '{"token":{"user":{"id":"u","name":"n"},"expires_at":"2026-11-30T20:15:29.000000Z","project":{"id":"p","name":"q"}';
const inCatalog: readonly Around[] = [
  [`${tokenStart},"catalog":[`, '{}]}}'],
  [`${tokenStart},"catalog":[{"type":"t","name":"n","endpoints":[`, '{}]}]}}'],
  [`${tokenStart},"roles":[`, '{}]}}'],
  [`${tokenStart},`, '"z":1}}'],
];
const inTexts: readonly Around[] = [
  [`${tokenStart},"catalog":[{"type":"t","endpoints":[{"interface":"public","url":"`, '"}]}]}}'],
  [`${tokenStart},"catalog":[{"type":"`, '","endpoints":[{"interface":"public","url":"u"}]}]}}'],
  ['{"token":{"user":{"id":"u","name":"', '"},"expires_at":"x"}}'],
  ['{"token":{"user":{"id":"u"},"issued_at":"x","expires_at":"', '"}}'],
];

function tokens(name: string, format: 'json' | 'xml', vocabulary: Vocabulary): Target {
  return {
    name: `tokens in ${format}: ${name}`,
    vocabulary,
    most: mostAnswer,
    prepare: (text) => {
      const answer = {
        status: 201,
        headers: { 'x-subject-token': 'T' },
        body: Buffer.from(text).subarray(0, mostAnswer),
      };
      return orFault(() => {
        const { access } = accessOf(readV3Token(answer), { ...here, upstreamHost: 'nova:8774' });
        return [headerAnswer(access), writeIdentity(accessDocument, access, format)];
      });
    },
  };
}

const tenants: Target = {
  name: 'tenants',
  vocabulary: structures([
    ['{"projects":[', '{}]}'],
    ['{"projects":[{"id":"a","name":"', '"}]}'],
    ['{"projects":[{"id":"a","name":"b","description":"', '"}]}'],
  ]),
  most: mostAnswer,
  prepare: (text) => {
    const answer = { status: 200, headers: {}, body: Buffer.from(text).subarray(0, mostAnswer) };
    return orFault(() => {
      const page = pageOfTenants(readTenants(answer, { id: 'default' }), { limit: undefined, marker: undefined });
      return formats.map((format) => writeIdentity(tenantsDocument, page, format));
    });
  },
};

const faults: Target = {
  name: 'faults of the identity service',
  vocabulary: faultBodies,
  most: mostAnswer,
  prepare: (text) => {
    const answer = { status: 404, headers: {}, body: Buffer.from(text).subarray(0, mostAnswer) };
    return () => formats.map((format) => writeIdentityFault(cloudIdentityFault(answer, { call: 'logIn' }), format));
  },
};

/** The longest header section of a request, in characters. */
const mostHeader = 65_536;

const fields: Target = {
  name: 'header fields',
  vocabulary: headerFields,
  most: mostHeader,
  prepare: (text) => () => [
    answerFormat({ suffix: undefined, accept: text, contentType: text, fallback: 'caller' }),
    orFault(() =>
      readHeaderLogin({ 'x-auth-user': text, 'x-auth-key': text, 'x-auth-project-id': text }, rules.limits),
    )(),
    orFault(() => readLogin({ bytes: Buffer.from('{}'), contentType: text }, rules))(),
  ],
};

const paths: Target = {
  name: 'paths',
  vocabulary: { ...targets, frames: [...targets.frames, ['/v2.0/tokens/', ''], ['/v2.0/users/', '/roles']] },
  most: mostHeader,
  prepare: (text) => () =>
    ['GET', 'POST'].map((method) => findIdentityRoute(method, text, { isIdentityPort: true, hasKey: true })),
};

const xmlFrames: readonly Around[] = [
  ['<auth a="b">', '<token id="T"/></auth>'],
  ['<auth>', '<token id="T"/></auth>'],
  ['<auth><tenantName>', '</tenantName><token id="T"/></auth>'],
  ['<passwordCredentials>', '</passwordCredentials>'],
  ['', '<auth/>'],
  ['', ''],
];
const tagFrames: readonly Around[] = [
  ['<auth ', '><token id="T"/></auth>'],
  ['<auth><passwordCredentials username="a" password="', '"/></auth>'],
  ['<auth><token ', '/></auth>'],
  ['<?xml version="1.0" encoding="', '"?><auth/>'],
];
const jsonFrames: readonly Around[] = [
  ['{"auth":{', '"token":{"id":"T"}}}'],
  ['{"auth":{"passwordCredentials":{', '"username":"a","password":"b"}}}'],
  ['{"auth":{"passwordCredentials":{"username":"a","password":"', '"}}}'],
  ['{"auth":{"a":1,"a":', ',"token":{"id":"T"}}}'],
  ['{', '"auth":{"token":{"id":"T"}}}'],
  ['', ''],
];

const all: readonly Target[] = [
  logins('XML in elements', 'xml', xmlContent, xmlFrames),
  logins('XML in tags', 'xml', xmlTags, tagFrames),
  logins('JSON', 'json', jsonContent, jsonFrames),
  ...formats.flatMap((format) => [
    tokens('structures', format, structures(inCatalog)),
    tokens('texts', format, texts(inTexts)),
  ]),
  tenants,
  faults,
  fields,
  paths,
];

describe(`no login holds the event loop (seed ${seed}, ${count} texts)`, () => {
  for (const target of all) {
    test(target.name, () => assertNoneHolds(target, createRandom(seed), count, shown));
  }
});
