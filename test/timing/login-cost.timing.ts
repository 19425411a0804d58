import { describe } from 'node:test';
import { accessOf } from '../../src/identity/answer/access-of.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { accessDocument } from '../../src/identity/messages/access.ts';
import { answerFormat } from '../../src/identity/request/answer-format.ts';
import { readHeaderLogin } from '../../src/identity/request/header-login.ts';
import { readLogin } from '../../src/identity/request/read-login.ts';
import { findIdentityRoute } from '../../src/identity/routes.ts';
import { writeIdentity } from '../../src/identity/write/write-identity.ts';
import { here, keystoneRules, oneRegion, v3Answer, v3Service } from '../identity/fixtures.ts';
import { grows, numbered } from './costs.ts';

/** Bodies of logins, whose size the gateway limits; their cost may grow with it, and not with its square. */
const floods: Readonly<Record<string, readonly [number, (n: number) => string, 'json' | 'xml']>> = {
  attributes: [2000, (n) => `<auth ${numbered(n, (i) => `a${i}=""`, ' ')}><token id="T"/></auth>`, 'xml'],
  'attributes with namespaces': [
    800,
    (n) => `<auth ${numbered(n, (i) => `xmlns:a${i}="u${i}" a${i}:b=""`, ' ')}/>`,
    'xml',
  ],
  elements: [5000, (n) => `<auth a="b">${'<c/>'.repeat(n)}<token id="T"/></auth>`, 'xml'],
  'elements of one name with content': [
    3000,
    (n) => `<auth a="b">${numbered(n, (i) => `<token id="${i}"/>`)}</auth>`,
    'xml',
  ],
  'equal credentials': [3000, (n) => `<auth>${'<token id="T"/>'.repeat(n)}</auth>`, 'xml'],
  'nested elements': [20_000, (n) => `${'<a>'.repeat(n)}${'</a>'.repeat(n)}`, 'xml'],
  'texts and elements': [5000, (n) => `<auth a="b">${'x<c/>'.repeat(n)}</auth>`, 'xml'],
  'references in a password': [
    4000,
    (n) => `<auth><passwordCredentials username="a" password="${'&#120;'.repeat(n)}"/></auth>`,
    'xml',
  ],
  'comments before a DOCTYPE': [4000, (n) => `${'<!---->'.repeat(n)}<!DOCTYPE a><a/>`, 'xml'],
  'white space': [40_000, (n) => `${' '.repeat(n)}<auth>${' '.repeat(n)}x</auth>`, 'xml'],
  members: [5000, (n) => `{"auth": {${numbered(n, (i) => `"a${i}": ${i}`, ',')}, "token": {"id": "T"}}}`, 'json'],
  'equal keys': [5000, (n) => `{"auth": {${numbered(n, () => '"a": 1', ',')}, "token": {"id": "T"}}}`, 'json'],
  'conflicting keys': [5000, (n) => `{"auth": {${numbered(n, (i) => `"a": ${i}`, ',')}}}`, 'json'],
  'equal keys in each level': [
    2000,
    (n) => `{"auth": ${'{"a": 1, "a": '.repeat(40)}"${'x'.repeat(n)}"${'}'.repeat(40)}}`,
    'json',
  ],
  'nested arrays': [20_000, (n) => '['.repeat(n) + ']'.repeat(n), 'json'],
  'escapes in a password': [
    5000,
    (n) => `{"auth": {"passwordCredentials": {"username": "a", "password": "${'\\u0041'.repeat(n)}"}}}`,
    'json',
  ],
  'quotes that do not end': [20_000, (n) => `{"auth": "${'\\"'.repeat(n)}`, 'json'],
  'characters of two units': [
    10_000,
    (n) => JSON.stringify({ auth: { token: { id: '\u{1F600}'.repeat(n) } } }),
    'json',
  ],
};

describe('reading a login', () => {
  for (const [what, [size, write, format]] of Object.entries(floods)) {
    grows(what, size, (n) => {
      const body = { bytes: Buffer.from(write(n)), contentType: `application/${format}` };
      return () => readLogin(body, keystoneRules);
    });
  }

  grows('a long user in a header field', 20_000, (n) => {
    const headers = { 'x-auth-user': ':'.repeat(n), 'x-auth-key': 'x'.repeat(n) };
    return () => readHeaderLogin(headers, keystoneRules.limits);
  });
  grows('a long Accept', 5000, (n) => {
    const accept = 'a;q=1,'.repeat(n);
    return () => answerFormat({ suffix: undefined, accept, contentType: undefined, fallback: 'json' });
  });
  grows('a path of slashes and dots', 20_000, (n) => {
    const path = `/v2.0/tokens${'/'.repeat(n)}${'.xml'.repeat(n)}`;
    return () => findIdentityRoute('POST', path, { isIdentityPort: false, hasKey: false });
  });
});

/** Catalogues of a hostile identity service; the largest of the first is 16 MB. */
const catalogues: Readonly<Record<string, readonly [number, (n: number) => readonly object[]]>> = {
  services: [6000, (n) => Array.from({ length: n }, (_, i) => v3Service(`t${i}`, 'n', { A: 'http://x' }))],
  'services of one type': [6000, (n) => Array.from({ length: n }, () => v3Service('t', 'n', { A: 'http://x' }))],
  regions: [
    3000,
    (n) => [v3Service('t', 'n', Object.fromEntries(Array.from({ length: n }, (_, i) => [`r${i}`, 'http://x'])))],
  ],
  'regions with compute': [
    3000,
    (n) => [v3Service('compute', 'n', Object.fromEntries(Array.from({ length: n }, (_, i) => [`r${i}`, 'http://x'])))],
  ],
  'long names': [
    300,
    (n) => Array.from({ length: n }, (_, i) => v3Service(`t${i}`, '<é'.repeat(2000), { A: 'http://x' })),
  ],
};

describe('translating an answer with a token', () => {
  for (const [what, [size, write]] of Object.entries(catalogues)) {
    for (const format of ['json', 'xml'] as const) {
      grows(`${what}, in ${format}`, size, (n) => {
        const answer = v3Answer({ catalog: [...write(n), ...oneRegion.slice(1)] });
        const settings = { ...here, region: 'A', upstreamHost: 'nova:8774' };
        return () => writeIdentity(accessDocument, accessOf(readV3Token(answer), settings).access, format);
      });
    }
  }
});
