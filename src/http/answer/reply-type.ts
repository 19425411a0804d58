import type { Request } from 'express';
import { codecOf, readMediaType, type MediaType } from '../../media/media-type.ts';
import { namesJson, negotiate, type NegotiationInput } from '../../media/negotiate.ts';

const pathSuffix = /\.(xml|json)$/;
const modernPath = /^\/+v2\.1(?:\/|$)/;

/** Choose the media type of the answer to a request, for faults too. */
export function replyTypeOf(request: Request, fallback: NegotiationInput['fallback']): MediaType {
  return negotiate(negotiationInput(request, fallback));
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
