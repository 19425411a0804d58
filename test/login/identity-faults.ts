import assert from 'node:assert/strict';
import { parseXml } from '../../src/xml/parse.ts';
import type { TestAnswer } from '../support/http.ts';

/** The members of a fault document of the Identity API. */
export type IdentityFault = Readonly<Record<'message' | 'code' | 'title', string>>;

/** Read a fault of the Identity API, and assert that it is one: its type, its members, its status, and the fields of every answer. */
export function readIdentityFault({ status, headers, body }: TestAnswer): IdentityFault {
  const fault = headers['content-type'] === 'application/xml' ? faultInXml(body) : faultInJson(headers, body);
  assert.deepEqual(Object.keys(fault).toSorted(), ['code', 'message', 'title'], body);
  assert.equal(fault['code'], String(status));
  assert.equal(headers['vary'], 'X-Auth-Token');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['www-authenticate'] !== undefined, status === 401);
  const { message = '', code = '', title = '' } = fault;
  return { message, code, title };
}

function faultInXml(body: string): Readonly<Record<string, string>> {
  const { name, attributes } = parseXml(Buffer.from(body));
  assert.equal(name, 'error');
  return Object.fromEntries(
    attributes.filter((attribute) => attribute.name !== 'xmlns').map((attribute) => [attribute.name, attribute.value]),
  );
}

function faultInJson(headers: TestAnswer['headers'], body: string): Readonly<Record<string, string>> {
  assert.equal(headers['content-type'], 'application/json', body);
  const { error, ...rest } = JSON.parse(body) as { error: Record<string, unknown> };
  assert.deepEqual(rest, {});
  return Object.fromEntries(Object.entries(error).map(([name, value]) => [name, String(value)]));
}
