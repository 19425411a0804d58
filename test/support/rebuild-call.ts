import assert from 'node:assert/strict';
import { call, type TestAnswer, type TestRequest } from './http.ts';

/** The two media types that callers speak. */
export const media = ['xml', 'json'] as const;
export type Medium = (typeof media)[number];

export const projectId = '7459f9935ed2422eb9800fea1d4d9378';
export const serverId = 'ea681a24-9b24-4f49-98ef-8e1f73acf19e';
export const imageId = '70a599e0-31e7-49b7-b260-868f441e862b';
export const actionPath = `/v1.1/${projectId}/servers/${serverId}/action`;

const contentTypes = { xml: 'application/xml', json: 'application/json' } as const;

/** A rebuild that needs one POST to the cloud and no other request. */
export const plainRebuild = {
  xml: `<rebuild xmlns="http://docs.openstack.org/compute/api/v1.1" imageRef="${imageId}" name="n"/>`,
  json: JSON.stringify({ rebuild: { imageRef: imageId, name: 'n' } }),
} as const satisfies Record<Medium, string>;

/** A rebuild with a file, for which the ecs profile must read the server first. */
export const rebuildWithFile = {
  xml: `<rebuild imageRef="${imageId}"><personality><file path="/etc/motd">aGVsbG8=</file></personality></rebuild>`,
  json: JSON.stringify({ rebuild: { imageRef: imageId, personality: [{ path: '/etc/motd', contents: 'aGVsbG8=' }] } }),
} as const satisfies Record<Medium, string>;

/** A server document as a cloud answers it. */
export const serverDocument = JSON.stringify({
  server: { id: serverId, name: 'n', status: 'REBUILD', metadata: {}, addresses: {}, links: [] },
});

/** Make a rebuild in a format without Accept, so that the answer has the same format. */
export function rebuildRequest(medium: Medium, body: string | Buffer = plainRebuild[medium]): TestRequest {
  return { path: actionPath, headers: { 'Content-Type': contentTypes[medium], 'X-Auth-Token': 'token' }, body };
}

/** A fault document, taken apart. */
export interface ReadFault {
  readonly status: number;
  readonly title: string;
  readonly message: string;
}

const faultForm =
  /^<(\w+) code="(\d+)" xmlns="http:\/\/docs\.openstack\.org\/compute\/api\/v1\.1"><message>([^<]*)<\/message>(?:<retryAfter>[^<]*<\/retryAfter>)?<\/\1>$/;

/** The fault in an answer, which must be one in this medium whose code is the status. */
export function faultOf({ status, headers, body }: TestAnswer, medium: Medium): ReadFault {
  assert.equal(headers['content-type'], `${contentTypes[medium]}; charset=UTF-8`, body);
  assert.equal(headers['vary'], 'Accept');
  const [title, code, message] = medium === 'xml' ? readXml(body) : readJson(body);
  assert.equal(Number(code), status, 'the code of the document');
  return { status, title, message };
}

function readXml(body: string): [string, string, string] {
  const [, title, code, message] = faultForm.exec(body) ?? [];
  assert.ok(title !== undefined && code !== undefined && message !== undefined, body);
  return [title, code, message];
}

function readJson(body: string): [string, string, string] {
  const entries = Object.entries(JSON.parse(body) as Record<string, { message: string; code: number }>);
  const [entry] = entries;
  assert.ok(entry !== undefined && entries.length === 1, body);
  return [entry[0], String(entry[1].code), entry[1].message];
}

/** Send a request, and measure how long its answer takes, in milliseconds: a test may ask for a minimum, never for a maximum. */
export async function timed(url: string, request: TestRequest): Promise<{ answer: TestAnswer; ms: number }> {
  const startedAt = performance.now();
  const answer = await call(url, request);
  return { answer, ms: performance.now() - startedAt };
}
