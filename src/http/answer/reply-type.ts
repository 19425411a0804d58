import type { Request } from 'express';
import { codecOf, readMediaType, type MediaType } from '../../media/media-type.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { namesJson, negotiate, type NegotiationInput } from '../../media/negotiate.ts';

const pathSuffix = /\.(xml|json)$/;
const modernPath = /^\/+v2\.1(?:\/|$)/;

/** Choose the media type of the answer of an exchange, for faults too. The choice for a forwarded call is final. */
export function replyTypeOf({ request, replyType }: Exchange, fallback: NegotiationInput['fallback']): MediaType {
  return replyType ?? negotiate(negotiationInput(request, fallback));
}

/** Check for a forwarded call of this API that is answered in XML. */
export function isForwardedXml({ replyType }: Exchange): boolean {
  return replyType !== undefined && codecOf[replyType] === 'xml';
}

/** Collect the parts of a request that decide the media type of its answer. */
export function negotiationInput(request: Request, fallback: NegotiationInput['fallback']): NegotiationInput {
  const { accept, 'content-type': contentType } = request.headers;
  return { suffix: suffixOf(request), accept, own: readMediaType(contentType), fallback };
}

/** Find the media type suffix of a path, without its dot. On v2.1 a name may end in `.xml`: Accept of JSON decides there. */
function suffixOf({ path, headers: { accept } }: Request): NegotiationInput['suffix'] {
  // The expression matches these two only.
  const suffix = pathSuffix.exec(path)?.[1] as NegotiationInput['suffix'];
  if (suffix !== 'xml' || accept === undefined || !modernPath.test(path)) return suffix;
  return namesJson(accept) ? undefined : suffix;
}

/**
 * Check that the suffix of a path is the caller's wish for a media type and no part of the path. Always on v1.1 and v2, where
 * legacy Nova read it so. On v2.1 a modern Nova reads no suffix, and the name of a key pair may end in `.json`: there it is
 * a wish for callers of XML only.
 */
export function isSuffixWish(request: Request, fallback: NegotiationInput['fallback']): boolean {
  if (!modernPath.test(request.path)) return true;
  const wish = negotiationInput(request, fallback);
  return codecOf[negotiate(wish)] === 'xml' || codecOf[negotiate({ ...wish, suffix: undefined })] === 'xml';
}
