import type { Response } from 'express';
import type { AnswerHead } from './read/streamed-answer.ts';

/** The reason phrases that node can write. */
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Copy the header section of the cloud's answer to the caller's. */
export function copyHead({ headers, reason }: AnswerHead, status: number, response: Response): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (response.req.httpVersion === '1.0' || status === 204 || status === 304)
    response.removeHeader('transfer-encoding');
  // 204 has no body, even if the cloud sends a length.
  if (status === 204) response.removeHeader('content-length');
  // The cloud's Connection belongs to another connection; the caller or a drain may have asked to close this one.
  const isClosing = response.getHeader('connection') === 'close' || !response.shouldKeepAlive;
  response.setHeader('Connection', isClosing ? 'close' : 'keep-alive');
  response.statusCode = status;
  // For any other phrase node throws an error that cannot be caught.
  response.statusMessage = printable.test(reason) ? reason : '';
}

/** Remove the copied header section, so that a fault can be sent instead. */
export function removeHead({ headers }: AnswerHead, response: Response): void {
  for (const name of Object.keys(headers)) response.removeHeader(name);
  response.statusMessage = '';
}
