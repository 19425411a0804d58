import type { FaultReason } from '../../fault-reasons.ts';
import type { Fault } from '../../fault.ts';
import { writeIdentity, type WrittenIdentity } from '../write/write-identity.ts';
import { errorDocument } from '../messages/error.ts';
import type { IdentityFormat } from '../write/identity-format.ts';

/** The titles of legacy Keystone, by status: the reason phrases, but for 413. */
const titles: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [408, 'Request Timeout'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [413, 'Request is too large.'],
  [417, 'Expectation Failed'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
  [505, 'HTTP Version Not Supported'],
]);

/** The messages for reasons that the whole gateway has: the words of legacy Keystone, or those of a login. */
const messages: Readonly<Partial<Record<FaultReason, string>>> = {
  'body-too-large': 'Request is too large.',
  'cloud-unreachable': "The cloud's identity service could not be reached.",
  'cloud-timeout': "The cloud's identity service did not answer in time.",
  'cloud-gone': "The cloud's identity service did not answer as Identity API v3.",
  'cloud-broke-off': "The cloud's identity service did not answer as Identity API v3.",
  'cloud-too-large': "The cloud's identity service did not answer as Identity API v3.",
  internal: 'An unexpected error prevented the server from fulfilling your request.',
};

/** Write the document of a fault of the Identity API: its message is an attribute in XML. */
export function writeIdentityFault(fault: Fault, format: IdentityFormat): WrittenIdentity {
  const { status: code } = fault;
  const message = messages[fault.reason] ?? fault.message;
  return writeIdentity(errorDocument, { message, code, title: titles.get(code) ?? 'Error' }, format);
}

/**
 * List the header fields of an answer of the Identity API. No cache may keep a token.
 * @param root the URL of the gateway's Identity API without version, for a 401
 */
export function identityHeaders(root: string, fault?: Fault): Readonly<Record<string, string>> {
  return {
    Vary: 'X-Auth-Token',
    'Cache-Control': 'no-store',
    ...(fault?.status === 401 && { 'WWW-Authenticate': `Keystone uri="${root}"` }),
    ...(fault?.retryAfter !== undefined && { 'Retry-After': fault.retryAfter }),
  };
}
