import assert from 'node:assert/strict';
import type { EmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import { call, type TestAnswer } from '../support/http.ts';

/** Log in by password at the embedded identity service, as `demo` unless `user` says otherwise. */
export function logInAs(cloud: EmbeddedCloud, user: object = {}, scope?: unknown, query = ''): Promise<TestAnswer> {
  const named = { name: 'demo', domain: { name: cloud.identity.domain }, password: 'secret', ...user };
  const identity = { methods: ['password'], password: { user: named } };
  return postIdentity(cloud, `/v3/auth/tokens${query}`, { auth: { identity, ...(scope !== undefined && { scope }) } });
}

/** Send a JSON document to the embedded identity service. */
export function postIdentity({ identityUrl }: EmbeddedCloud, path: string, document: unknown): Promise<TestAnswer> {
  const headers = { 'Content-Type': 'application/json' };
  return call(identityUrl, { path, headers, body: JSON.stringify(document) });
}

/** Send a request without a body, with the caller's token and that in X-Subject-Token. */
export function askIdentity(
  { identityUrl }: EmbeddedCloud,
  path: string,
  token: string,
  subject = token,
  method = 'GET',
): Promise<TestAnswer> {
  return call(identityUrl, { method, path, headers: { 'X-Auth-Token': token, 'X-Subject-Token': subject } });
}

/** The token of an answer, which must be a login that was accepted. */
export function tokenIn({ status, headers, body }: TestAnswer): string {
  assert.equal(status, 201, body);
  return headers['x-subject-token'] ?? '';
}

/** The scope of a project by its name, which needs no domain on ECS. */
export function projectNamed(name: string, domain?: string): unknown {
  return { project: { name, ...(domain !== undefined && { domain: { name: domain } }) } };
}
