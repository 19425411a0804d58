import type { Request } from 'express';
import { readMediaType, type MediaType } from '../../media/media-type.ts';
import { negotiate, type Wish } from '../../media/negotiate.ts';

const pathSuffix = /\.(xml|json)$/;

/** The media type of the answer to a request, be it a fault or not. */
export function replyTypeOf(request: Request, fallback: Wish['fallback']): MediaType {
  return negotiate(wishOf(request, fallback));
}

/** Collect what a request says about the type of its answer. */
export function wishOf(request: Request, fallback: Wish['fallback']): Wish {
  return {
    // The expression matches these two only.
    suffix: pathSuffix.exec(request.path)?.[1] as Wish['suffix'],
    accept: request.headers.accept,
    own: readMediaType(request.headers['content-type']),
    fallback,
  };
}
