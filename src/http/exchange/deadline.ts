import { Fault } from '../../fault.ts';
import type { Exchange } from './exchange.ts';
import type { Step } from './step.ts';

/**
 * End every exchange, translated or forwarded, after a time limit, even if a caller does not read or a cloud sends very
 * slowly. If the answer has begun, the response is destroyed; otherwise the caller gets 504: the cloud may have acted on a change.
 * @param send sends the fault. It is not thrown, because the handler may still throw, and Express handles one error for each
 *   request
 */
export function deadline(timeoutMs: number, send: (fault: Fault, exchange: Exchange) => void): Step {
  return (exchange) => {
    const { response, end, trace } = exchange;
    const timer = setTimeout(() => {
      const fault = new Fault(504, 'The exchange took too long.', {
        reason: 'exchange-timeout',
        consequence: 'The cloud may have acted on the request.',
      });
      trace.fault = fault.reason;
      const isBegun = response.headersSent;
      // Abort first: that removes the header fields of an unsent answer before the fault sets its own.
      end.abort();
      if (isBegun) response.destroy();
      else send(fault, exchange);
    }, timeoutMs);
    end.addEventListener('abort', () => clearTimeout(timer));
  };
}
