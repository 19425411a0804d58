import type { Response } from 'express';
import type { ComingAnswer } from './streamed-answer.ts';

/** What a reason phrase may hold. */
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Begins the caller's answer with the head of the cloud's. */
export function begin({ headers, reason }: ComingAnswer, status: number, response: Response): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (response.req.httpVersion === '1.0' || status === 204 || status === 304)
    response.removeHeader('transfer-encoding');
  // It has no body, whatever the cloud says.
  if (status === 204) response.removeHeader('content-length');
  // Whatever the cloud does with its connection, the caller or a drain may have asked to close this one.
  const isClosing = response.getHeader('connection') === 'close' || !response.shouldKeepAlive;
  response.setHeader('Connection', isClosing ? 'close' : 'keep-alive');
  response.statusCode = status;
  // Clouds may say what node does not write, and throws for where nobody can catch it.
  response.statusMessage = printable.test(reason) ? reason : '';
}
