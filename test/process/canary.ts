import assert from 'node:assert/strict';
import { actionPath, imageId } from '../support/rebuild-call.ts';
import type { TestRequest } from '../support/http.ts';

/** The secrets that must not leak. They are letters and digits only, so that no notation changes them. */
export const words = {
  token: 'CanaryToken5e1f',
  password: 'CanaryPassword8c2d',
  contents: 'CanaryContents3b7a',
  userData: 'CanaryUserData9d4e',
  cookie: 'CanaryCookie1a6b',
} as const;

/** Encodes a text in base64. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const contents = base64(`secret ${words.contents} of a file`);
export const userData = base64(`#cloud-config\n# ${words.userData} is here\n`);

/** Each secret as it is, and as base64 shows it at each of the three alignments. */
const forms = Object.values(words).flatMap((word) => [
  word,
  ...[0, 1, 2].map((shift) => base64(' '.repeat(shift) + word).slice(shift === 0 ? 0 : 4, -4)),
]);

/** Assert that a text contains no secret. */
export function assertClean(text: string, where: string): void {
  for (const form of forms) assert.ok(!text.includes(form), `${where} shows ${form}: ${text.slice(0, 2000)}`);
}

/** The header fields of a caller, with its credentials. */
export const headers = {
  'X-Auth-Token': words.token,
  Cookie: `session=${words.cookie}`,
  'X-Service-Token': words.token,
};
export const json = (rebuild: unknown, more: Partial<TestRequest> = {}): TestRequest => ({
  path: actionPath,
  headers: { ...headers, 'Content-Type': 'application/json' },
  body: JSON.stringify({ rebuild }),
  ...more,
});
export const xml = (body: string, more: Partial<TestRequest> = {}): TestRequest => ({
  path: actionPath,
  headers: { ...headers, 'Content-Type': 'application/xml' },
  body,
  ...more,
});
/** A rebuild with a secret in each member that can hold one. */
export const secrets = {
  imageRef: imageId,
  adminPass: words.password,
  personality: [{ path: '/etc/secret', contents }],
  user_data: userData,
};
export const xmlSecrets = `<rebuild imageRef="${imageId}" adminPass="${words.password}"><personality><file path="/etc/secret">${contents}</file></personality></rebuild>`;
