import type { Response } from 'express';
import { Fault } from '../fault.ts';
import { codecFor } from '../media/codecs.ts';
import type { MediaType } from '../media/media-type.ts';
import { isFields, type Fields } from '../schema/fields.ts';
import { isTooDeep } from '../schema/nesting.ts';
import type { Message } from '../schema/shapes.ts';
import { UnwritableValue, type Written } from '../schema/write-xml.ts';
import { isPlain, isSuccess, type CloudAnswer } from '../upstream/cloud-answer.ts';
import { cloudFault } from '../upstream/cloud-fault.ts';
import { gatewayLink, relink, type LinkBase } from '../upstream/links.ts';
import { versionHeaders } from '../upstream/microversion.ts';
import type { Note } from '../upstream/note.ts';
import { cloudIdOf, endToEnd } from './headers.ts';

/** How an answer is brought into the caller's form. */
export interface Reply {
  readonly type: MediaType;
  readonly base: LinkBase;
  /** The path of the operation's subject at the cloud, for a Location that the cloud did not give. */
  readonly subject: string;
  /** What the answer no longer has and the caller needs, by member. */
  readonly restored: Fields;
  /** Whether the caller asked for this form of the answer by a microversion: then JSON keeps every member. */
  readonly keepAll: boolean;
}

/** The document of an answer, and what was done to it. */
export interface Relayed {
  readonly document: string;
  readonly notes: readonly Note[];
}

/** Headers of the cloud's representation, or of the versioned API, that the caller's answer has its own of, or none. */
const representation: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'transfer-encoding',
  'etag',
  'last-modified',
  'location',
  'vary',
  'date',
  'server',
  'warning',
  'retry-after',
  'www-authenticate',
]);

/** What of the cloud's headers is not relayed where the gateway chose the microversion: of it the caller knows nothing. */
const representationAndVersion: ReadonlySet<string> = new Set([...representation, ...versionHeaders]);

/**
 * The resource in an answer.
 * @param secrets gives what a fault must not quote; called for a fault only
 * @throws {Fault} the cloud's own fault; 502 for an answer that is neither a fault nor the document that was asked for
 */
export function resourceOf(answer: CloudAnswer, root: string, secrets: () => readonly string[]): Fields {
  if (answer.status >= 400) throw cloudFault(answer, secrets());
  const resource = isSuccess(answer) && isPlain(answer) ? memberOf(answer.body, root) : undefined;
  if (resource !== undefined) return resource;
  throw new Fault(
    502,
    `The cloud answered ${answer.status} without a ${root} document. It may have acted on the request.`,
    {
      reason: 'cloud-nonsense',
    },
  );
}

/** The answer's document for the caller. @throws {Fault} 502 where the cloud's document is of another form than described */
export function relayDocument(resource: Fields, answer: Message, reply: Reply): Relayed {
  const whole = { ...resource, ...reply.restored };
  relink(whole, reply.base);
  const isJson = reply.type.endsWith('json');
  if (isJson && reply.keepAll) return { document: JSON.stringify({ [answer.root]: whole }), notes: [] };
  const { document, repaired } = write(() => codecFor(reply.type).write(answer, whole));
  const text = `${answer.root} has U+FFFD in the place of characters that XML cannot hold`;
  return { document, notes: repaired ? [{ member: answer.root, outcome: 'replaced', text }] : [] };
}

function write(attempt: () => Written): Written {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof UnwritableValue)) throw error;
    throw new Fault(502, 'The cloud answered with a document of another form. It may have acted on the request.', {
      reason: 'cloud-nonsense',
      cause: error,
    });
  }
}

/** The cloud's headers that the caller sees, on a fault too. */
export function relayHeaders(response: Response, { headers }: CloudAnswer, keepVersion: boolean): void {
  const ours = keepVersion ? representation : representationAndVersion;
  for (const [name, value] of Object.entries(endToEnd(headers, ours))) response.setHeader(name, value);
  if (keepVersion && headers['vary'] !== undefined) response.vary(String(headers['vary']));
  const id = cloudIdOf(headers);
  if (id !== undefined) response.setHeader('X-Compute-Request-Id', id);
}

/** Where the resource is: the document's self link, which legacy Nova's Location was; else the cloud's; else the path asked for. */
export function locationOf(answer: CloudAnswer, resource: Fields, { base, subject }: Reply): string {
  const given = answer.headers['location'];
  const self = selfLink(resource);
  const location = gatewayLink(self ?? (typeof given === 'string' ? given : subject), base);
  // A header holds ASCII.
  return location.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

function selfLink({ links }: Fields): string | undefined {
  const self: unknown = Array.isArray(links)
    ? links.find((link: unknown) => isFields(link) && link['rel'] === 'self')
    : undefined;
  return isFields(self) && typeof self['href'] === 'string' ? self['href'] : undefined;
}

function memberOf(body: Buffer, root: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (!isFields(parsed) || isTooDeep(parsed) || !Object.hasOwn(parsed, root)) return undefined;
    return isFields(parsed[root]) ? parsed[root] : undefined;
  } catch {
    return undefined;
  }
}
