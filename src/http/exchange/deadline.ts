import type { ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { Fault } from '../../fault.ts';
import { EndableExchange, type ExchangeEnd } from './end.ts';
import type { Step } from './step.ts';
import { traceOf } from './trace.ts';

const key = Symbol('end');

/** Kept with the response, as the trace is. */
interface Ending extends ServerResponse {
  [key]?: EndableExchange;
}

/** Ends where an exchange is over, whatever ended it: whoever works for it stops then. */
export function endOf(response: ServerResponse): ExchangeEnd {
  return endableOf(response);
}

function endableOf(response: Ending): EndableExchange {
  const known = response[key];
  if (known !== undefined) return known;
  const fresh = new EndableExchange();
  response[key] = fresh;
  response.once('close', () => fresh.abort());
  return fresh;
}

/**
 * The end of every exchange on every road: a caller that does not read, a cloud that trickles. What has been begun is
 * broken off; before that, 504 says that the cloud may have acted.
 * @param send sends the fault itself: the roads may still throw, and errors pass the middleware once
 */
export function deadline(timeoutMs: number, send: (fault: Fault, request: Request, response: Response) => void): Step {
  return (request, response) => {
    const end = endableOf(response);
    const timer = setTimeout(() => {
      const fault = new Fault(504, 'The exchange took too long. The cloud may have acted on the request.', {
        reason: 'exchange-timeout',
      });
      traceOf(response).fault = fault.reason;
      const isBegun = response.headersSent;
      // First: a head that was made and not sent is taken back then.
      end.abort();
      if (isBegun) response.destroy();
      else send(fault, request, response);
    }, timeoutMs);
    end.addEventListener('abort', () => clearTimeout(timer));
  };
}
