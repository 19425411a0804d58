import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { jsonAnswer } from '../faults/json-answer.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { isTokenText } from '../request/token-text.ts';
import { notIdentityV3 } from '../faults/cloud-faults.ts';

/** A name and an id, as v3 writes users, projects and roles. */
export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/** An endpoint of a service in v3: one URL. */
export interface V3Endpoint {
  readonly id: string | null;
  readonly interface: string;
  readonly region: string | null;
  readonly url: string;
}

/** A service of v3's catalogue. */
export interface V3Service {
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly V3Endpoint[];
}

/** The parts of v3's answer to a login, or to the validation of a token, that v2.0 has too. */
export interface V3Token {
  /** The token itself, from the header field X-Subject-Token. */
  readonly id: string;
  readonly expiresAt: string;
  readonly issuedAt: string | undefined;
  readonly user: NamedId;
  readonly project: NamedId | undefined;
  readonly roles: readonly NamedId[];
  readonly catalog: readonly V3Service[];
  readonly trust: { readonly id: string; readonly trusteeUserId: string } | undefined;
  /** The members of the answer that v2.0 has no place for. */
  readonly lost: readonly ('user.domain' | 'project.domain' | 'project.description')[];
}

/**
 * Read v3's answer with a token: the answer to POST /v3/auth/tokens and to GET /v3/auth/tokens.
 * @param known the token that was validated; a login has it in X-Subject-Token
 * @throws {Fault} 502 for an answer that is no such document, or has no token
 */
export function readV3Token(answer: CloudAnswer, known?: string): V3Token {
  const token = jsonAnswer(answer)?.['token'];
  const id = known ?? answer.headers['x-subject-token'];
  if (!isFields(token) || typeof id !== 'string' || !isTokenText(id)) throw notIdentityV3();
  const user = namedId(token['user']);
  const expiresAt = text(token['expires_at']);
  if (user === undefined || expiresAt === undefined) throw notIdentityV3();
  const project = namedId(token['project']);
  if (project !== undefined && !isPathSegment(project.id)) throw notIdentityV3();
  return {
    id,
    expiresAt,
    issuedAt: text(token['issued_at']),
    user,
    project,
    roles: objects(token['roles']).flatMap((role) => namedId(role) ?? []),
    catalog: objects(token['catalog']).flatMap(serviceOf),
    trust: trustOf(token['OS-TRUST:trust']),
    lost: lostMembers(token),
  };
}

function lostMembers(token: Fields): V3Token['lost'] {
  const project = token['project'];
  return [
    ...(hasDomain(token['user']) ? ['user.domain' as const] : []),
    ...(hasDomain(project) ? ['project.domain' as const] : []),
    ...(isFields(project) ? ['project.description' as const] : []),
  ];
}

function hasDomain(value: unknown): boolean {
  return isFields(value) && value['domain'] !== undefined;
}

function trustOf(trust: unknown): V3Token['trust'] {
  if (!isFields(trust)) return undefined;
  const trustee = trust['trustee_user'];
  const [id, trusteeUserId] = [text(trust['id']), isFields(trustee) ? text(trustee['id']) : undefined];
  return id === undefined || trusteeUserId === undefined ? undefined : { id, trusteeUserId };
}

function serviceOf(service: Fields): V3Service[] {
  const type = text(service['type']);
  if (type === undefined) return [];
  return [{ type, name: text(service['name']) ?? '', endpoints: objects(service['endpoints']).flatMap(endpointOf) }];
}

/** Read an endpoint. Old clouds write only `region`, and later ones both. */
function endpointOf(endpoint: Fields): V3Endpoint[] {
  const [face, url] = [text(endpoint['interface']), text(endpoint['url'])];
  if (face === undefined || url === undefined) return [];
  const region = text(endpoint['region_id']) ?? text(endpoint['region']) ?? null;
  return [{ id: text(endpoint['id']) ?? null, interface: face, region, url }];
}

/** Read a name and an id; the id stands for a name that is missing. */
function namedId(value: unknown): NamedId | undefined {
  const id = isFields(value) ? text(value['id']) : undefined;
  return id === undefined || !isFields(value) ? undefined : { id, name: text(value['name']) ?? id };
}

/** Check that an id can be a segment of the gateway's URL for the project. */
function isPathSegment(id: string): boolean {
  return /^(?!\.{1,2}$)[\w.~!$&'()*+,;=:@-]{1,255}$/.test(id);
}

function objects(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The longest text of an answer, in characters. Keystone stores names of 255, and a URL is not longer than a header. */
const longestText = 16_384;

/** Return a text; undefined for another value, and for a text that no identity service has. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= longestText ? value : undefined;
}
