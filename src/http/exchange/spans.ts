import { callerGone } from '../../fault.ts';
import type { TracedRegion, Tracing } from '../../observe/tracing/tracing.ts';
import type { Exchange } from './exchange.ts';
import type { Step } from './step.ts';

/** The function that finds the template of a request's path; undefined if no operation describes the request. */
export type RouteOf = (exchange: Exchange) => string | undefined;

/** The function that finds the region of a request, with its cloud; undefined for a gateway that has one. */
export type TracedRegionOf = (exchange: Exchange) => TracedRegion | undefined;

/**
 * Describe each exchange by a span. Its context replaces the caller's, so that everything that is forwarded, and the log
 * line, belongs to the same trace.
 */
export function spans(tracing: Tracing, routeOf: RouteOf, regionOf: TracedRegionOf): Step {
  return (exchange) => {
    const { request, response, trace, origin } = exchange;
    const { headers, method, originalUrl, httpVersion } = request;
    const { traceparent, tracestate } = headers;
    const isEncrypted = 'encrypted' in request.socket;
    const span = tracing.startExchange({
      method,
      path: originalUrl,
      scheme: origin.scheme ?? (isEncrypted ? 'https' : 'http'),
      host: origin.host ?? headers.host,
      client: origin.client,
      httpVersion,
      agent: headers['user-agent'],
      region: regionOf(exchange),
      ...(typeof traceparent === 'string' && { traceparent }),
      ...(typeof tracestate === 'string' && { tracestate }),
    });
    exchange.span = span;
    Object.assign(headers, span.fields);
    // The access log listens before this, and has completed the trace by then.
    exchange.onClose(() =>
      span.end({
        status: response.headersSent ? response.statusCode : callerGone,
        route: routeOf(exchange),
        operation: trace.operation ?? (trace.isForwarded === true ? 'forwarded' : undefined),
        fault: trace.fault,
        cause: trace.cause,
        requestId: trace.id,
      }),
    );
  };
}
