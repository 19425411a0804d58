import { randomUUID } from 'node:crypto';
import type { FaultReason } from '../../fault-reasons.ts';
import { isRequestId } from '../../observe/shown/request-id.ts';
import type { CountedForm } from '../../observe/login-outcome.ts';
import type { Note } from '../../upstream/note.ts';

/** The data of one exchange for its log line and its metrics. It never contains parts of a body or a credential. */
export interface Trace {
  readonly id: string;
  readonly startedAt: number;
  /** The region of the request, of a gateway that has several. */
  region?: string | undefined;
  operation?: string;
  /** True if the request was forwarded. */
  isForwarded?: true;
  mediaIn?: string;
  mediaOut?: string;
  microversion?: string;
  /** The request id of the cloud's last answer, in any form. */
  cloudId?: string | undefined;
  cloudStatus?: number | undefined;
  /** The method and the target of the last request to the cloud. */
  cloudMethod?: string;
  cloudTarget?: string;
  /** The time spent waiting for the cloud in milliseconds, connecting included, in all requests of the exchange. */
  cloudMs?: number;
  /** The time at which the current wait for the cloud began; undefined while nothing waits for it. */
  cloudSince?: number | undefined;
  /** The X-OpenStack-Request-ID that the cloud receives, if it has the form of one. */
  globalRequestId?: string;
  /** The id of the caller's W3C trace. */
  traceId?: string;
  bytesIn?: number;
  bytesOut?: number;
  notes?: readonly Note[];
  /** The reason of the fault that the caller got. */
  fault?: FaultReason;
  /** The error code of its cause, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
  cause?: string | undefined;
  /** The form of a login; `unread` until it is known. */
  login?: CountedForm;
  /** The name of the user who logged in, if a setting says so. */
  user?: string;
  /** The path of the member that is wrong. */
  member?: string;
  /** The name of the brownout or the rule of the retirement file that refused the exchange. */
  retired?: string;
}

/** Start a trace with a new id. */
export function createTrace(): Trace {
  return { id: `req-${randomUUID()}`, startedAt: performance.now() };
}

/** Begin a wait for the answer to a request to the cloud. The status and id of an earlier answer are those of another request. */
export function startCloudTime(trace: Trace, method: string, target: string): void {
  trace.cloudMethod = method;
  trace.cloudTarget = target;
  trace.cloudSince = performance.now();
  trace.cloudStatus = undefined;
  trace.cloudId = undefined;
}

/** End the wait for the cloud, if there is one. An exchange that ends earlier ends its wait itself, so that its line has it. */
export function stopCloudTime(trace: Trace): void {
  if (trace.cloudSince === undefined) return;
  trace.cloudMs = (trace.cloudMs ?? 0) + performance.now() - trace.cloudSince;
  trace.cloudSince = undefined;
}

/** Return the request id that the caller knows: the cloud's, if it has the form of one, else the gateway's. */
export function requestIdOf({ id, cloudId }: Trace): string {
  return cloudId !== undefined && isRequestId(cloudId) ? cloudId : id;
}
