import { Fault } from '../../fault.ts';
import type { ClientSpan, SpanSource } from '../../observe/tracing/tracing.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { CloudPool } from './connect/cloud-pool.ts';
import { cloudIdOf } from './header-fields.ts';
import { sendWhole, type AnswerBounds, type WholeRequest } from './send-whole.ts';

/** Send a request as `sendWhole` does, described by a span if tracing is on. @param source the parent of the span; undefined without tracing */
export function sendTraced(
  source: SpanSource | undefined,
  pool: CloudPool,
  request: WholeRequest,
  bounds: AnswerBounds,
): Promise<CloudAnswer> {
  if (source === undefined) return sendWhole(pool, request, bounds);
  const span = source.startRequest(request.method, request.path);
  const headers = { ...request.headers, ...(span.fields as Record<string, string>) };
  return ended(span, sendWhole(pool, { ...request, headers }, bounds));
}

/** Make the source of spans of requests to another service or cloud than that of the exchange. */
export function spansTo(url: string, source: SpanSource | undefined): SpanSource | undefined {
  return source && { startRequest: (method, path) => source.startRequest(method, path, url) };
}

async function ended(span: ClientSpan, answer: Promise<CloudAnswer>): Promise<CloudAnswer> {
  try {
    const { status, headers } = await answer;
    span.end({ status, requestId: cloudIdOf(headers) });
  } catch (error) {
    span.end({ error: Fault.from(error).reason });
  }
  return answer;
}

/**
 * Start the span of a request that is forwarded, if tracing is on. It ends with the exchange, because the answer is streamed.
 * @param url the URL of another service than the cloud
 */
export function startCloudSpan({ request, response, span, trace, end }: Exchange, path: string, url?: string): void {
  const client = span?.startRequest(request.method, path, url);
  if (client === undefined) return;
  Object.assign(request.headers, client.fields);
  end.addEventListener('abort', () => {
    const { cloudStatus: status, cloudId: requestId, fault } = trace;
    const isBroken = fault !== undefined && fault !== 'cloud-refusal' && fault !== 'cloud-error';
    const isGone = fault === undefined && !response.writableFinished;
    client.end({ status, requestId, error: isBroken ? fault : isGone ? 'caller-gone' : undefined });
  });
}
