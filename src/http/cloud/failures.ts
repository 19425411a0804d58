import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { IdleTimeout } from './connect/idle-timeout.ts';
import { errors } from './connect/undici.ts';

/** The kinds of failure of a request that was sent: no answer in time, a closed connection, an unreadable answer. */
export type Failure = 'timeout' | 'closed' | 'broken';

/** Classify undici's error for a forwarded request that was sent. A protocol switch counts as closed, as for the proxy. */
export function failureOf(error: Error): Failure {
  if (error instanceof IdleTimeout) return 'timeout';
  const isBroken = isUnreadable(error) || error instanceof errors.ResponseContentLengthMismatchError;
  return isBroken && !isSwitch(error) ? 'broken' : 'closed';
}

/** Check that undici refused a request before it sent anything. */
export function isRefusal(error: Error): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
}

/**
 * Check that a body arrived whole although undici reports a mismatch: undici reads white space after a Content-Length as
 * more digits.
 * @param received the size of the body that arrived, in bytes
 */
export function isMiscounted(
  error: Error,
  { 'content-length': length }: CloudAnswer['headers'],
  received: number,
): boolean {
  const isMismatch = error instanceof errors.ResponseContentLengthMismatchError;
  return isMismatch && typeof length === 'string' && Number(length) === received;
}

/** Check that the cloud sent invalid HTTP, too many header fields, or a 1xx response that undici refuses. */
export function isUnreadable(error: Error): boolean {
  // undici has no error class for a refused 1xx response.
  const isRefusedInterim = isSwitch(error) || (error instanceof errors.SocketError && error.message === 'bad response');
  return isRefusedInterim || error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError;
}

function isSwitch(error: Error): boolean {
  return error instanceof errors.SocketError && error.message === 'bad upgrade';
}
