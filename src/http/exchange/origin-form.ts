import { Fault } from '../../fault.ts';
import { namedVersion } from '../../media/named-version.ts';
import type { Exchange } from './exchange.ts';
import { addNeed } from './needs/needs.ts';
import { remembered } from './recent/remembered.ts';
import type { Step } from './step.ts';

const absoluteForm = /^https?:\/\/[^/?#]*/i;
/** A percent sign, encoded any number of times: some clouds decode a path twice. */
const percent = '%(?:25)*';
/** A dot, as such, percent-encoded, or in the overlong UTF-8 that lenient decoders accept. */
const dot = String.raw`(?:\.|${percent}(?:2e|c0${percent}ae|e0${percent}80${percent}ae))`;
/** A character at which a cloud could end a segment: a slash or what is taken for one, `;`, `?`, `#` or NUL, encoded or not. */
const delimiter = String.raw`(?:[/\\;]|${percent}(?:2f|5c|3b|3f|23|00|c0${percent}af|e0${percent}80${percent}af))`;
/** A dot segment in any spelling: a cloud could resolve it to another path. */
const dotSegment = new RegExp(`(?:^|${delimiter})${dot}{1,2}(?:$|${delimiter})`, 'i');
/** A percent-encoded character that needs no encoding: a letter, a digit, `-`, `.`, `_` or `~`. */
const encodedUnreserved = /%(?:2[de]|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi;
/** A path that begins with a version of any service. */
const versioned = /^\/+v\d+(?:\.\d+)?(?:\/|$)/;
/** Transfer codings that leave a plain body once node has decoded the chunks. */
const plainChunks = /^(?:identity\s*,\s*)*chunked$/i;

/**
 * The function that assigns an exchange to its region. @param authority the host in the absolute form of the target; undefined
 * for another form. @returns the path below the region
 */
export type AssignRegion = (exchange: Exchange, path: string, authority: string | undefined) => string;

const oneRegion: AssignRegion = (_, path) => path;

/**
 * Create the function that rewrites the request target to origin form. A server must accept the absolute form (RFC 9112,
 * 3.2.2); its host counts for the region only. The path gets the only spelling of its characters, and the
 * version that the media type names if it has none. This runs before Express, which answers an unparsable target with an
 * HTML page.
 * @param publicUrl the gateway's URL; '' if none is set. A proxy in front may take its path away from requests or not
 */
export function createOriginForm(publicUrl: string, assignRegion = oneRegion): (exchange: Exchange) => void {
  const prefix = publicUrl === '' ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
  // Every path would have two meanings if a version were taken away.
  const taken = versioned.test(prefix) ? '' : prefix;
  const targetOf = remembered(readTarget);
  return (exchange) => {
    const { request } = exchange;
    const { target, given, decoded, isGood, authority } = targetOf(request.url);
    const path = isGood ? assignRegion(exchange, below(taken, decoded), authority) : '';
    exchange.refusedTarget = isGood ? undefined : target;
    const version = isGood ? versionPrefix(path, request.headers) : '';
    if (version !== '') addNeed(exchange, 'media-version');
    if (isGood && version === '' && path === given) request.url = target;
    else request.url = isGood ? version + path + target.slice(given.length) : '/';
  };
}

/** A request target in origin form. */
interface ReadTarget {
  readonly target: string;
  /** The path, as written. */
  readonly given: string;
  /** The path in the only spelling of its characters. */
  readonly decoded: string;
  readonly isGood: boolean;
  /** The host of the absolute form; undefined for another form. */
  readonly authority: string | undefined;
}

function readTarget(url: string): ReadTarget {
  const [beginning] = absoluteForm.exec(url) ?? [];
  const target = beginning === undefined ? url : url.slice(beginning.length).replace(/^(?!\/)/, '/');
  const given = target.replace(/\?.*$/s, '');
  // A request target has no fragment (RFC 9112, 3.2); clouds would read it as part of the path.
  const decoded = normalized(given);
  // Decoding can complete a code, as in `%%32e`, so what is sent must be checked too.
  const isPlain = !dotSegment.test(given) && !(decoded !== given && dotSegment.test(decoded));
  const isGood = target.startsWith('/') && !target.includes('#') && isPlain;
  return { target, given, decoded, isGood, authority: beginning?.replace(/^\w+:\/\//, '') };
}

/** Take the path of the public URL away from a path that begins with it. */
function below(prefix: string, path: string): string {
  if (prefix === '' || !path.startsWith(prefix)) return path;
  const rest = path.slice(prefix.length);
  if (rest === '') return '/';
  return rest.startsWith('/') ? rest : path;
}

/** Decode the characters that need no encoding: both spellings are the same path (RFC 3986, 6.2.2.2). */
function normalized(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(encodedUnreserved, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** Find the version that a path lacks and the media type names, as in legacy Nova; '' for none. */
function versionPrefix(path: string, headers: Exchange['request']['headers']): string {
  if (headers['content-type'] === undefined && headers.accept === undefined) return '';
  if (versioned.test(path)) return '';
  const version = namedVersion(headers['content-type'], headers.accept);
  return version === undefined ? '' : `/${version}`;
}

/**
 * Refuse requests that are not HTTP/1, or have an invalid target, belong to no region, have an unknown expectation or a body whose end is unknown.
 * @throws {Fault} 400 for the target, 404 for one that belongs to no region, 417 for an expectation, 501 for a transfer coding, 505 for the HTTP version
 */
export function acceptable(): Step {
  return ({ request, refusedTarget, regionRefusal }) => {
    if (refusedTarget !== undefined) throw new Fault(400, undefined, { reason: 'target' });
    if (regionRefusal !== undefined) throw new Fault(404, regionRefusal, { reason: 'unknown-region' });
    if (!/^1\.[01]$/.test(request.httpVersion)) throw new Fault(505, undefined, { reason: 'http-version' });
    // Node answers `100-continue` itself; no other expectation is defined (RFC 9110, 10.1.1).
    const { expect } = request.headers;
    if (expect !== undefined && !/^\s*100-continue\s*$/i.test(expect))
      throw new Fault(417, undefined, { reason: 'expectation' });
    const coding = request.headers['transfer-encoding'];
    // Node itself refuses, with 400, codings that do not end in chunked.
    if (coding !== undefined && /,\s*chunked$/i.test(coding) && !plainChunks.test(coding))
      throw new Fault(501, undefined, { reason: 'transfer-coding' });
  };
}
