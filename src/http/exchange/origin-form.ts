import { Fault } from '../../fault.ts';
import type { Exchange } from './exchange.ts';
import type { Step } from './step.ts';

const absoluteForm = /^https?:\/\/[^/?#]*/i;
/** A dot segment, with its dots and slashes percent-encoded or not: a cloud could resolve it to another path. */
const dotSegment = /(?:^|\/|\\|%2f|%5c)(?:\.|%2e){1,2}(?:$|\/|\\|%2f|%5c|;)/i;
/** Transfer codings that leave a plain body once node has decoded the chunks. */
const plainChunks = /^(?:identity\s*,\s*)*chunked$/i;

/**
 * Rewrite the request target to origin form. A server must accept the absolute form (RFC 9112, 3.2.2); its host is ignored,
 * because there is only one cloud. This runs before Express, which answers an unparsable target with an HTML page.
 */
export function toOriginForm(exchange: Exchange): void {
  const { request } = exchange;
  const { url } = request;
  const target = absoluteForm.test(url) ? url.replace(absoluteForm, '').replace(/^(?!\/)/, '/') : url;
  // A request target has no fragment (RFC 9112, 3.2); clouds would read it as part of the path.
  const isGood = target.startsWith('/') && !target.includes('#') && !dotSegment.test(target.replace(/\?.*$/s, ''));
  exchange.isTargetRefused = !isGood;
  request.url = isGood ? target : '/';
}

/**
 * Refuse requests that are not HTTP/1, or have an invalid target or a body whose end is unknown.
 * @throws {Fault} 400 for the target, 501 for a transfer coding, 505 for the HTTP version
 */
export function acceptable(): Step {
  return ({ request, isTargetRefused }) => {
    if (isTargetRefused) throw new Fault(400, undefined, { reason: 'target' });
    if (!/^1\.[01]$/.test(request.httpVersion)) throw new Fault(505, undefined, { reason: 'http-version' });
    const coding = request.headers['transfer-encoding'];
    // Node itself refuses, with 400, codings that do not end in chunked.
    if (coding !== undefined && /,\s*chunked$/i.test(coding) && !plainChunks.test(coding))
      throw new Fault(501, undefined, { reason: 'transfer-coding' });
  };
}
