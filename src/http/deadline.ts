import type { ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { Fault } from '../fault.ts';
import { createExchangeEnd, type EndableExchange, type ExchangeEnd } from './exchange-end.ts';
import { traceOf } from './trace.ts';

const endings = new WeakMap<ServerResponse, EndableExchange>();

/** Ends where an exchange is over, whatever ended it: whoever works for it stops then. */
export function endOf(response: ServerResponse): ExchangeEnd {
  return endableOf(response);
}

function endableOf(response: ServerResponse): EndableExchange {
  const known = endings.get(response);
  if (known !== undefined) return known;
  const fresh = createExchangeEnd();
  endings.set(response, fresh);
  response.once('close', fresh.abort);
  return fresh;
}

/**
 * The end of every exchange on every road: a caller that does not read, a cloud that trickles. What has been begun is
 * broken off; before that, 504 says that the cloud may have acted.
 * @param send sends the fault itself: the roads may still throw, and errors pass the middleware once
 */
export function deadline(
  timeoutMs: number,
  send: (fault: Fault, request: Request, response: Response) => void,
): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      const fault = new Fault(504, 'The exchange took too long. The cloud may have acted on the request.', {
        reason: 'exchange-timeout',
      });
      traceOf(response).fault = fault.reason;
      const isBegun = response.headersSent;
      // First: a head that was made and not sent is taken back then.
      endableOf(response).abort();
      if (isBegun) response.destroy();
      else send(fault, request, response);
    }, timeoutMs);
    response.once('close', () => clearTimeout(timer));
    next();
  };
}
