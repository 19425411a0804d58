import type { Response } from 'express';
import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import { codecFor } from '../../media/codecs.ts';
import type { MediaType } from '../../media/media-type.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { hasOutline } from '../../schema/outline.ts';
import { fromDocument } from '../../schema/json-document.ts';
import { isTooDeep } from '../../schema/nesting.ts';
import type { Message } from '../../schema/shapes.ts';
import { NotSliced, readSlices } from '../../schema/read/read-slices.ts';
import { slicesOf, type Slice } from '../../schema/slices.ts';
import { UnwritableValue } from '../../schema/write/unwritable-value.ts';
import type { Composer, Document, Written } from '../../schema/write/write-xml.ts';
import { documentOf, isSuccess, isUnencoded, type CloudAnswer } from '../../upstream/cloud-answer.ts';
import { cloudFault } from '../../upstream/faults/cloud-fault.ts';
import { gatewayLink, relink, type LinkBase } from '../../upstream/links.ts';
import { versionHeaders } from '../../upstream/microversion.ts';
import type { Note } from '../../upstream/note.ts';
import { atLeisure } from './time-slices.ts';
import { atomType, composeFeed } from './atom-feed.ts';
import { cloudIdOf, eachEndToEnd } from '../cloud/end-to-end-headers.ts';

/** How an answer is brought into the caller's form. */
export interface Reply {
  readonly type: MediaType | typeof atomType;
  readonly base: LinkBase;
  /** The path of a route at the cloud. */
  readonly pathOf: (template: string) => string;
  /** What the answer no longer has and the caller needs, by member; undefined for nothing. */
  readonly restored: Fields | undefined;
  /** Whether the caller asked for this form of the answer by a microversion: then JSON keeps every member. */
  readonly keepAll: boolean;
}

/** The document of an answer, and what was done to it. */
export interface Relayed {
  readonly document: Document;
  readonly notes: readonly Note[];
}

/** Headers of the cloud's representation, or of the versioned API, that the caller's answer has its own of, or none. */
const representation: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-md5',
  'content-digest',
  'repr-digest',
  'digest',
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

/** What Vary may name; Express throws for anything else. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

/** How a cloud says that it has no such version. */
const missing: ReadonlySet<number> = new Set([300, 404]);

/** What an answer holds, and its description. */
export interface Resource {
  readonly message: Message;
  readonly content: unknown;
}

/**
 * The resource in an answer; undefined where the operation answers none.
 * @param secrets gives what a fault must not quote; called for a fault only
 * @param fallback the content where the cloud has no such resource
 * @throws {Fault} the cloud's own fault; 502 for an answer that is neither a fault nor the document that was asked for
 */
export function resourceOf(
  answer: CloudAnswer,
  { answer: message, otherAnswer, status }: Operation,
  secrets: () => readonly string[],
  fallback?: unknown,
): Resource | undefined {
  if (message !== undefined && fallback !== undefined && missing.has(answer.status))
    return { message, content: structuredClone(fallback) };
  if (answer.status >= 400) throw cloudFault(answer, secrets());
  if (isSuccess(answer) || answer.status === status) {
    if (message === undefined) return undefined;
    const document = isUnencoded(answer) ? documentOf(answer) : undefined;
    for (const candidate of otherAnswer === undefined ? [message] : [message, otherAnswer]) {
      const content = document && fromDocument(candidate, document);
      if (hasOutline(candidate)(content)) return { message: candidate, content };
    }
    if (message.isOptional === true) return undefined;
  }
  const wanted = message === undefined ? '' : ` without a ${message.root} document`;
  throw new Fault(502, `The cloud answered ${answer.status}${wanted}. It may have acted on the request.`, {
    reason: 'cloud-nonsense',
  });
}

/**
 * The resource's document for the caller, at one go.
 * @throws {Fault} 502 where the cloud's document is of another form than described
 */
export function relayAtOnce({ message, content }: Resource, reply: Reply, feedTitle = ''): Relayed {
  try {
    const value = withRestored(content, reply);
    if (isTooDeep(value)) throw new UnwritableValue('too deep');
    relink(value, reply.base);
    return relayed(message, composerFor(message, reply, feedTitle).end(value));
  } catch (error) {
    throw nonsense(error);
  }
}

/**
 * The same; of a long list slice by slice, so that other callers do not wait for it.
 * @throws {Fault} 502 where the cloud's document is of another form than described
 */
export async function relayDocument({ message, content }: Resource, reply: Reply, feedTitle = ''): Promise<Relayed> {
  try {
    const slices = shallow(slicesOf(message, withRestored(content, reply)));
    return await relaySlices(message, slices, reply, feedTitle);
  } catch (error) {
    throw nonsense(error);
  }
}

function withRestored(content: unknown, { restored }: Reply): unknown {
  return restored !== undefined && isFields(content) ? { ...content, ...restored } : content;
}

function nonsense(error: unknown): unknown {
  if (!(error instanceof UnwritableValue)) return error;
  return new Fault(502, 'The cloud answered with a document of another form. It may have acted on the request.', {
    reason: 'cloud-nonsense',
    cause: error,
  });
}

/**
 * The document of a long list, read slice by slice too; undefined where the whole answer has to be looked at: where it is no
 * such list, or anything is wrong with it.
 */
export async function relayList(
  answer: CloudAnswer,
  { answer: message, otherAnswer, status, location, feedTitle }: Operation,
  reply: Reply,
): Promise<Relayed | undefined> {
  if (message === undefined || otherAnswer !== undefined || location !== undefined) return undefined;
  if (reply.restored !== undefined || !isUnencoded(answer)) return undefined;
  if (answer.status >= 400 || !(isSuccess(answer) || answer.status === status)) return undefined;
  try {
    return await relaySlices(message, readSlices(message, answer.body), reply, feedTitle);
  } catch (error) {
    if (error instanceof NotSliced || error instanceof UnwritableValue) return undefined;
    throw error;
  }
}

/** @throws {UnwritableValue} at a slice that nests too deep */
function* shallow(slices: Iterable<Slice>): Generator<Slice> {
  for (const slice of slices) {
    if (isTooDeep(slice.value)) throw new UnwritableValue('too deep');
    yield slice;
  }
}

/**
 * The document of slices that do not nest too deep.
 * @throws {UnwritableValue} for a value of another kind than described
 */
async function relaySlices(message: Message, slices: Iterable<Slice>, reply: Reply, feedTitle = ''): Promise<Relayed> {
  const composer = composerFor(message, reply, feedTitle);
  let written: Written | undefined;
  await atLeisure(slices, ({ value, isLast }) => {
    relink(value, reply.base);
    if (isLast) written = composer.end(value);
    else composer.add(value);
  });
  if (written === undefined) throw new TypeError('no slice is the last');
  return relayed(message, written);
}

function composerFor(message: Message, { type, keepAll }: Reply, feedTitle: string): Composer {
  return type === atomType ? composeFeed(feedTitle) : codecFor(type).compose(message, keepAll);
}

function relayed({ root }: Message, { document, repaired }: Written): Relayed {
  const text = `${root} has U+FFFD in the place of characters that XML cannot hold`;
  return { document, notes: repaired ? [{ member: root, outcome: 'replaced', text }] : [] };
}

/** The cloud's headers that the caller sees, on a fault too. */
export function relayHeaders(response: Response, { headers }: CloudAnswer, keepVersion: boolean): void {
  const ours = keepVersion ? representation : representationAndVersion;
  eachEndToEnd(headers, ours, (name, value) => response.setHeader(name, value));
  if (keepVersion && headers['vary'] !== undefined) {
    for (const part of String(headers['vary']).split(',')) {
      const name = part.trim();
      if (headerName.test(name)) response.vary(name);
    }
  }
  const id = cloudIdOf(headers);
  if (id !== undefined) response.setHeader('X-Compute-Request-Id', id);
}

/**
 * What Location says, for operations that have one: of a resource its self link, as legacy Nova had it, else the cloud's
 * word, else that of the subject; of a resource that is being made, the resource by the id in the cloud's word.
 */
export function locationOf(
  { headers }: CloudAnswer,
  { location, subject }: Operation,
  resource: Resource | undefined,
  { base, pathOf }: Reply,
): string | undefined {
  const given = typeof headers['location'] === 'string' ? headers['location'] : undefined;
  if (location === undefined) return undefined;
  const self = isFields(resource?.content) ? selfLink(resource.content) : undefined;
  const href =
    location === 'self'
      ? (self ?? given ?? (subject && pathOf(subject)))
      : given?.replace(/^.*(?=\/)/s, () => pathOf(location.collection));
  if (href === undefined) return undefined;
  const link = gatewayLink(href, base);
  // A header holds ASCII.
  return /^[\x21-\x7e]*$/.test(link) ? link : link.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

function selfLink({ links }: Fields): string | undefined {
  const self: unknown = Array.isArray(links)
    ? links.find((link: unknown) => isFields(link) && link['rel'] === 'self')
    : undefined;
  return isFields(self) && typeof self['href'] === 'string' ? self['href'] : undefined;
}
