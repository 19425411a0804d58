import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { assertClean, base64, contents, headers, userData, words } from '../process/canary.ts';
import type { TestRequest } from '../support/http.ts';
import { imageId, projectId, serverId } from '../support/rebuild-call.ts';

/** The words of the cloud's answers that only their caller may see. */
const told = {
  privateKey: 'CanaryPrivateKey4e2b',
  output: 'CanaryConsole7d9a',
  made: 'CanaryMadePassword2f6c',
} as const;
const toldForms = Object.values(told).flatMap((word) => [word, base64(word).slice(0, -4)]);

/** Assert that a text shows no secret, of a caller or of an answer. */
export function assertSecretsKept(text: string, where: string): void {
  assertClean(text, where);
  for (const form of toldForms) assert.ok(!text.includes(form), `${where} shows ${form}: ${text.slice(0, 2000)}`);
}

const servers = `/v2/${projectId}/servers`;
const action = `${servers}/${serverId}/action`;
const keypairs = `/v2/${projectId}/os-keypairs`;

interface Described {
  readonly path: string;
  readonly xml: string;
  readonly json: unknown;
}

const files = `<personality><file path="/etc/secret">${contents}</file></personality>`;
const personality = [{ path: '/etc/secret', contents }];
const wanted = { name: 'n', imageRef: imageId, flavorRef: '1', adminPass: words.password };

/** The requests that carry a secret to the cloud, or whose answers have one. */
const described: Readonly<Record<string, Described>> = {
  createServer: {
    path: servers,
    xml: `<server name="n" imageRef="${imageId}" flavorRef="1" adminPass="${words.password}">${files}<user_data>${userData}</user_data></server>`,
    json: { server: { ...wanted, personality, user_data: userData } },
  },
  rebuild: {
    path: action,
    xml: `<rebuild imageRef="${imageId}" adminPass="${words.password}">${files}</rebuild>`,
    json: { rebuild: { imageRef: imageId, adminPass: words.password, personality, user_data: userData } },
  },
  rescue: {
    path: action,
    xml: `<rescue adminPass="${words.password}"/>`,
    json: { rescue: { adminPass: words.password } },
  },
  evacuate: {
    path: action,
    xml: `<evacuate adminPass="${words.password}" host="h" onSharedStorage="False"/>`,
    json: { evacuate: { adminPass: words.password, host: 'h', onSharedStorage: 'False' } },
  },
  changePassword: {
    path: action,
    xml: `<changePassword adminPass="${words.password}"/>`,
    json: { changePassword: { adminPass: words.password } },
  },
  getConsoleOutput: {
    path: action,
    xml: '<os-getConsoleOutput length="9"/>',
    json: { 'os-getConsoleOutput': { length: 9 } },
  },
  createKeypair: { path: keypairs, xml: '<keypair><name>k</name></keypair>', json: { keypair: { name: 'k' } } },
};

/** Requests with secrets, by what they are, on each road. */
export const secretCalls: ReadonlyMap<string, TestRequest> = new Map(
  Object.entries(described).flatMap(([name, { path, xml, json }]) => {
    const inXml = { path, headers: { ...headers, 'Content-Type': 'application/xml' }, body: xml };
    const inJson = { path, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(json) };
    return [
      [`${name} in XML`, inXml],
      [`${name} in JSON`, inJson],
      [`${name} in XML, cut off`, { ...inXml, body: xml.slice(0, -3) }],
      [`${name} in JSON, cut off`, { ...inJson, body: inJson.body.slice(0, -3) }],
      [`${name} as text`, { ...inXml, headers: { ...headers, 'Content-Type': 'text/plain' } }],
      [`${name} in JSON for a reader of XML`, { ...inJson, headers: { ...inJson.headers, Accept: 'application/xml' } }],
      [`${name} forwarded`, { ...inJson, path: path.replace('/v2/', '/v2.1/') }],
    ] as const;
  }),
);

/** The cloud's answers to them, with secrets. */
export function answerOf(body: unknown, { method, url = '' }: IncomingMessage): string {
  const server = { id: serverId, name: 'n', status: 'ACTIVE', adminPass: told.made, links: [] };
  if (method === 'GET') return JSON.stringify({ server: { ...server, 'OS-EXT-SRV-ATTR:user_data': userData } });
  if (url.endsWith('/os-keypairs')) return JSON.stringify({ keypair: { name: 'k', private_key: told.privateKey } });
  const asked = JSON.stringify(body);
  if (asked.includes('os-getConsoleOutput')) return JSON.stringify({ output: told.output });
  return JSON.stringify(/rescue|evacuate/.test(asked) ? { adminPass: told.made } : { server });
}
