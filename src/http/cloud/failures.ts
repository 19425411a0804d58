import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { errors } from './undici.ts';

/** The reasons for which a request that was sent has no usable answer. */
export type Failure = 'silent' | 'gone' | 'broken';

/**
 * Ends a connection on which nothing was sent or received for too long. Not one of undici's errors: `instanceof` of theirs
 * compares a mark of the class, which a subclass inherits.
 */
export class SilentCloud extends Error {
  override readonly name = 'SilentCloud';

  constructor() {
    super('the cloud was silent for too long');
  }
}

/** Classify undici's error for a forwarded request that was sent. A switch of protocols counts as gone, as with the proxy. */
export function failureOf(error: Error): Failure {
  if (error instanceof SilentCloud) return 'silent';
  const isBroken = isUnreadable(error) || error instanceof errors.ResponseContentLengthMismatchError;
  return isBroken && !isSwitch(error) ? 'broken' : 'gone';
}

/** Tells whether undici refused a request before it did anything with it. */
export function isRefusal(error: Error): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
}

/**
 * Tells whether a body came whole although undici reports another length: it reads white space behind a Content-Length as
 * more digits.
 * @param received the size of the body that came, in bytes
 */
export function isMiscounted(
  error: Error,
  { 'content-length': length }: CloudAnswer['headers'],
  received: number,
): boolean {
  const isMismatch = error instanceof errors.ResponseContentLengthMismatchError;
  return isMismatch && typeof length === 'string' && Number(length) === received;
}

/** Tells whether the cloud sent what is not HTTP, too many header fields, or a 1xx response that undici refuses. */
export function isUnreadable(error: Error): boolean {
  // undici has no class of its own for a 1xx response that it refuses.
  const isRefusedInterim = isSwitch(error) || (error instanceof errors.SocketError && error.message === 'bad response');
  return isRefusedInterim || error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError;
}

function isSwitch(error: Error): boolean {
  return error instanceof errors.SocketError && error.message === 'bad upgrade';
}
