import { Fault } from '../../fault.ts';
import type { Exchange } from './exchange.ts';
import type { Step } from './step.ts';

/**
 * End every exchange on every road after a time, be it a caller that does not read or a cloud that trickles. An answer that
 * has begun is broken off; before that, 504 says that the cloud may have acted.
 * @param send sends the fault: the roads may still throw, and Express handles one error for each request
 */
export function deadline(timeoutMs: number, send: (fault: Fault, exchange: Exchange) => void): Step {
  return (exchange) => {
    const { response, end, trace } = exchange;
    const timer = setTimeout(() => {
      const fault = new Fault(504, 'The exchange took too long. The cloud may have acted on the request.', {
        reason: 'exchange-timeout',
      });
      trace.fault = fault.reason;
      const isBegun = response.headersSent;
      // First, so that header fields of an answer that was not sent are removed before the fault sets its own.
      end.abort();
      if (isBegun) response.destroy();
      else send(fault, exchange);
    }, timeoutMs);
    end.addEventListener('abort', () => clearTimeout(timer));
  };
}
