import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { betweenServices, bytesOf, json, login, xml, type Fields } from './byte-callers.ts';
import { readIdentityFault } from './identity-faults.ts';
import { password } from './login-requests.ts';

const between = betweenServices();

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Encode a document in each encoding that a reader of XML could detect or be told. */
function inEncodings(document: string): Readonly<Record<string, Buffer>> {
  const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>${document}`;
  return {
    'UTF-8': Buffer.from(document),
    'UTF-8 with a mark': Buffer.from(`\ufeff${document}`),
    'UTF-8 behind white space': Buffer.from(` \r\n\t${document}`),
    'Latin-1': Buffer.from(declared('ISO-8859-1'), 'latin1'),
    'UTF-16 LE with a mark': Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le'),
    'UTF-16 BE with a mark': bigEndian(`\ufeff${declared('UTF-16')}`),
    'UTF-16 LE without a mark': Buffer.from(declared('UTF-16LE'), 'utf16le'),
    'UTF-16 BE without a mark': bigEndian(declared('UTF-16BE')),
    'UTF-7, declared': Buffer.from(declared('UTF-7').replaceAll('<!', '+ADw-!')),
    'EBCDIC, declared': Buffer.from(declared('IBM037')),
    'an unknown encoding': Buffer.from(declared('x-nope')),
  };
}

describe('documents that are refused before anything is sent', () => {
  const credentials = `<passwordCredentials username="&u;" password="${password}"/>`;
  const doctypes: readonly string[] = [
    `<!DOCTYPE auth [<!ENTITY u "demo">]><auth>${credentials}</auth>`,
    `<!DOCTYPE auth SYSTEM "http://127.0.0.1:1/x.dtd"><auth>${credentials.replace('&u;', 'demo')}</auth>`,
    `<!DOCTYPE auth [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><auth>${credentials.replace('&u;', 'demo')}</auth>`,
    `<!-- x --><?y?><!DOCTYPE auth><auth>${credentials.replace('&u;', 'demo')}</auth>`,
  ];
  for (const encoding of Object.keys(inEncodings(''))) {
    test(`a DOCTYPE in ${encoding}`, async () => {
      for (const document of doctypes) {
        const body = inEncodings(document)[encoding] ?? assert.fail();
        await assertRefused(bytesOf('POST /v2.0/tokens', xml, body));
      }
    });
  }

  const deep = 16_000;
  const bodies: Readonly<Record<string, readonly [Fields, string]>> = {
    'elements in elements': [xml, `<auth>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</auth>`],
    'elements that do not end': [xml, '<a>'.repeat(deep)],
    'arrays in arrays': [json, `{"auth": ${'['.repeat(deep)}${']'.repeat(deep)}}`],
    'objects in objects': [json, `{"auth": ${'{"auth":'.repeat(deep / 2)}1${'}'.repeat(deep / 2)}}`],
    'two passwords': [
      json,
      `{"auth": {"passwordCredentials": {"username": "a", "password": "x", "password": "${password}"}}}`,
    ],
    'two logins': [json, `{"auth": {"token": {"id": "x"}}, "auth": ${login}}`],
    'an escaped second password': [
      json,
      `{"auth": {"passwordCredentials": {"username": "a", "password": "x", "pass\\u0077ord": "${password}"}}}`,
    ],
    'two elements of credentials': [xml, `<auth><token id="a"/><token id="${password}"/></auth>`],
    'NUL in XML': [xml, `<auth><passwordCredentials username="a&#0;" password="${password}"/></auth>`],
    'a lone surrogate in XML': [xml, `<auth><passwordCredentials username="&#xd800;" password="${password}"/></auth>`],
    'JSON that is cut off': [json, login.slice(0, -1)],
    'a form': [{ 'Content-Type': 'application/x-www-form-urlencoded' }, `username=demo&password=${password}`],
    'no Content-Type': [{}, login],
  };
  for (const [what, [fields, body]] of Object.entries(bodies)) {
    test(what, async () => assertRefused(bytesOf('POST /v2.0/tokens', fields, body)));
  }
});

async function assertRefused(bytes: Buffer): Promise<void> {
  const { given, asked, leaked } = await between.send(bytes);
  assert.deepEqual([given.status, asked, leaked], [400, [], 0], given.body);
  assert.ok(!readIdentityFault(given).message.includes(password));
}
