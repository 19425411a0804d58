import { randomUUID } from 'node:crypto';
import type { FaultReason } from '../../fault-reasons.ts';
import type { Note } from '../../upstream/note.ts';

/** The data of one exchange for its log line and its metrics. It never contains parts of a body or a credential. */
export interface Trace {
  readonly id: string;
  readonly startedAt: number;
  operation?: string;
  /** True if the request was forwarded. */
  isForwarded?: true;
  mediaIn?: string;
  mediaOut?: string;
  microversion?: string;
  cloudId?: string;
  cloudStatus?: number;
  /** The time spent waiting for the cloud in milliseconds, connecting included, in all requests of the exchange. */
  cloudMs?: number;
  bytesIn?: number;
  bytesOut?: number;
  notes?: readonly Note[];
  /** The reason of the fault that the caller got. */
  fault?: FaultReason;
  /** The error code of its cause, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
  cause?: string;
}

/** Start a trace with a new id. */
export function createTrace(): Trace {
  return { id: `req-${randomUUID()}`, startedAt: performance.now() };
}
