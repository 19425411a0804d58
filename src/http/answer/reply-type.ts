import type { Request } from 'express';
import { readMediaType, type MediaType } from '../../media/media-type.ts';
import { negotiate, type NegotiationInput } from '../../media/negotiate.ts';

const pathSuffix = /\.(xml|json)$/;

/** Choose the media type of the answer to a request, for faults too. */
export function replyTypeOf(request: Request, fallback: NegotiationInput['fallback']): MediaType {
  return negotiate(negotiationInput(request, fallback));
}

/** Collect the parts of a request that decide the media type of its answer. */
export function negotiationInput(request: Request, fallback: NegotiationInput['fallback']): NegotiationInput {
  return {
    // The expression matches these two only.
    suffix: pathSuffix.exec(request.path)?.[1] as NegotiationInput['suffix'],
    accept: request.headers.accept,
    own: readMediaType(request.headers['content-type']),
    fallback,
  };
}
