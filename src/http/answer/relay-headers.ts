import type { Response } from 'express';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { versionHeaders } from '../../upstream/microversion.ts';
import { cloudIdOf, contentFields, eachEndToEnd, framingFields, redirectingFields } from '../cloud/header-fields.ts';

/** Fields of the cloud's representation, which the caller's answer does not share: it has its own, or none. */
const representation: ReadonlySet<string> = new Set([
  ...contentFields,
  ...framingFields,
  ...redirectingFields,
  'repr-digest',
  'etag',
  'last-modified',
  'location',
  'content-location',
  'link',
  'vary',
  'date',
  'server',
  'warning',
  'retry-after',
  'www-authenticate',
]);

/** The same with the fields of a microversion that the gateway chose and the caller did not ask for. */
const representationAndVersion: ReadonlySet<string> = new Set([...representation, ...versionHeaders]);

/** A name that Vary may list; any other is left out. */
const fieldName = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Copy the cloud's header fields to the caller's answer, which may be a fault.
 * @param keepVersion true if the caller asked for the microversion and so receives its fields and Vary
 */
export function relayHeaders(response: Response, { headers }: CloudAnswer, keepVersion: boolean): void {
  const except = keepVersion ? representation : representationAndVersion;
  eachEndToEnd(headers, except, (name, value) => response.setHeader(name, value));
  if (keepVersion && headers['vary'] !== undefined) addVary(response, String(headers['vary']));
  const id = cloudIdOf(headers);
  if (id !== undefined) response.setHeader('X-Compute-Request-Id', id);
}

/**
 * Add the names of the cloud's Vary to the caller's answer. Express's `vary` searches all earlier names for each one: 8,000
 * names would hold the event loop for half a second.
 */
function addVary(response: Response, given: string): void {
  const names = new Map<string, string>();
  for (const part of `${String(response.getHeader('Vary') ?? '')},${given}`.split(',')) {
    const name = part.trim();
    if (fieldName.test(name) && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  if (names.size > 0) response.setHeader('Vary', names.has('*') ? '*' : [...names.values()].join(', '));
}
