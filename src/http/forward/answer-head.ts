import type { Response } from 'express';
import type { AnswerHead } from './streamed-answer.ts';

/** A reason phrase that node writes. */
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Copy the header section of the cloud's answer to the caller's. */
export function copyHead({ headers, reason }: AnswerHead, status: number, response: Response): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (response.req.httpVersion === '1.0' || status === 204 || status === 304)
    response.removeHeader('transfer-encoding');
  // It has no body, whatever the cloud says.
  if (status === 204) response.removeHeader('content-length');
  // The cloud's Connection is of another connection; the caller or a drain may have asked to close this one.
  const isClosing = response.getHeader('connection') === 'close' || !response.shouldKeepAlive;
  response.setHeader('Connection', isClosing ? 'close' : 'keep-alive');
  response.statusCode = status;
  // Node throws for any other phrase, where nobody can catch it.
  response.statusMessage = printable.test(reason) ? reason : '';
}

/** Remove the copied header section again: a fault takes its place. */
export function withdrawHead({ headers }: AnswerHead, response: Response): void {
  for (const name of Object.keys(headers)) response.removeHeader(name);
  response.statusMessage = '';
}
