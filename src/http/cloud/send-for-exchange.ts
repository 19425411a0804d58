import type { SpanSource } from '../../observe/tracing/tracing.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { reserveFor, type Budget } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { startCloudTime, stopCloudTime } from '../exchange/trace.ts';
import { sendTraced } from './cloud-span.ts';
import type { CloudPool } from './connect/cloud-pool.ts';
import { decoded } from './content-coding.ts';
import { cloudIdOf } from './header-fields.ts';
import type { WholeRequest } from './send-whole.ts';

/** A service behind the gateway, with the limits of its answers. */
export interface Service {
  readonly pool: CloudPool;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** The memory of answers that are held. */
  readonly answers: Budget;
}

/**
 * Send a request on behalf of an exchange, and read its whole answer without a content coding. The log line gets the status
 * as soon as it arrives, the id of the request at the service, and the time spent waiting.
 * @param spans the source of the request's span; undefined without tracing
 * @param answered called with the status
 * @throws {Fault} 502, 503 or 504 without a usable answer
 */
export async function sendForExchange(
  { trace, end }: Exchange,
  { pool, timeoutMs, maxBytes, answers }: Service,
  request: WholeRequest,
  spans: SpanSource | undefined,
  answered?: (status: number) => void,
): Promise<CloudAnswer> {
  const onStatus = (status: number): void => {
    trace.cloudStatus = status;
    answered?.(status);
  };
  const bounds = { end, timeoutMs, maxBytes, reserve: reserveFor(end, answers), onStatus };
  startCloudTime(trace, request.method, request.path);
  try {
    const answer = await decoded(await sendTraced(spans, pool, request, bounds), bounds);
    trace.cloudId = cloudIdOf(answer.headers);
    return answer;
  } finally {
    stopCloudTime(trace);
  }
}
