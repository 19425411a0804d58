import assert from 'node:assert/strict';
import { parseXml } from '../../../src/xml/parse.ts';
import type { XmlElement } from '../../../src/xml/element.ts';
import type { RawAnswer } from '../../support/raw-exchange.ts';
import { assertListsServers, tenantNames, urls } from './login-scene.ts';
import type { Need } from './needs.ts';

/** The needs of clients that read XML, and of those that match the text of an answer by expressions. */
export const textNeeds: Readonly<Record<string, Need>> = {
  /** A document, whose elements are found by their local names. */
  xml: async (answer) => {
    const access = documentOf(answer);
    const services = access.children.find(({ name }) => name === 'serviceCatalog')?.children ?? [];
    const compute = services.find((service) => attribute(service, 'type') === 'compute');
    const endpoint = compute?.children.find(({ name }) => name === 'endpoint');
    assert.ok(endpoint);
    await assertListsServers(attribute(endpoint, 'publicURL'), tokenOf(access));
  },

  xmlUnscoped: async (answer, { parts }) => {
    const token = tokenOf(documentOf(answer));
    assert.deepEqual(await tenantNames(`${urls.identity}/v2.0`, token), [parts.project]);
  },

  /** The id must be the first attribute of the token. Its project is in its configuration. */
  cloudify: async ({ status, body }, { parts }) => {
    assert.equal(status, 200, body);
    const [, token = ''] = /token id="([^"]*)"/.exec(body) ?? [];
    await assertListsServers(`${urls.compute}/v2/${parts.projectId}`, token);
  },

  /** It joins the lines, and takes the first "token" and the first "tenant" of the text. */
  fiware: async ({ status, headers, body }) => {
    assert.equal(status, 200, body);
    assert.ok(!Number.isNaN(Date.parse(headers['date'] ?? '')));
    const text = body.replaceAll('\n', '');
    assert.equal(text.indexOf('token'), text.indexOf('<token') + 1);
    const [, token = ''] =
      /^<token (?:issued_at="[^"]*" )?expires="[^"]*" id="([^"]*)">/.exec(from(text, '<token')) ?? [];
    assert.equal(text.indexOf('tenant'), text.indexOf('<tenant') + 1);
    const [, tenant = ''] = /^<tenant .+? id="([^"]*)"/.exec(from(text, '<tenant')) ?? [];
    await assertListsServers(`${urls.compute}/v2/${tenant}`, token);
  },

  /**
   * One variant of the monitor accepts the letters of a Fernet token. The other accepts those of a UUID only, so it finds
   * the place of the token, but no Fernet token in it, whatever stands in front of the cloud.
   */
  f5: async ({ status, body }, { parts }) => {
    assert.equal(status, 200, body);
    const [, token = ''] = monitorPattern('[-0-9a-zA-Z_%]*').exec(body) ?? [];
    await assertListsServers(`${urls.compute}/v2/${parts.projectId}`, token);
    const older = monitorPattern('[0-9a-z]*');
    assert.doesNotMatch(body, older);
    const uuid = parts.projectId;
    assert.equal(older.exec(body.replace(token, uuid))?.[1], uuid);
  },
};

/** Matches the text of a login's answer, with its order and its spaces, as the monitor's sed does. */
function monitorPattern(letters: string): RegExp {
  return new RegExp(
    `\\{"access": \\{"token": \\{"issued_at": "[-0-9TZ.:]*", "expires": "[-0-9TZ.:]*", "id": "(${letters})", `,
  );
}

function from(text: string, start: string): string {
  return text.slice(text.indexOf(start));
}

function documentOf({ status, headers, body }: RawAnswer): XmlElement {
  assert.equal(status, 200, body);
  assert.equal(headers['content-type'], 'application/xml');
  const access = parseXml(Buffer.from(body));
  assert.equal(access.name, 'access');
  return access;
}

function tokenOf(access: XmlElement): string {
  const token = access.children.find(({ name }) => name === 'token');
  assert.ok(token);
  return attribute(token, 'id') ?? '';
}

function attribute({ attributes }: XmlElement, wanted: string): string | undefined {
  return attributes.find(({ name }) => name === wanted)?.value;
}
