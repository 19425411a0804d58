import { randomUUID } from 'node:crypto';
import type { FaultReason } from '../../fault-reasons.ts';
import type { Note } from '../../upstream/note.ts';

/** The facts of one exchange for its log line and its metrics; never anything of a body or a credential. */
export interface Trace {
  readonly id: string;
  readonly startedAt: number;
  operation?: string;
  /** True where the request was forwarded untranslated. */
  isForwarded?: true;
  mediaIn?: string;
  mediaOut?: string;
  microversion?: string;
  cloudId?: string;
  cloudStatus?: number;
  /** Milliseconds spent waiting for the cloud, connecting included, over all requests of this exchange. */
  cloudMs?: number;
  bytesIn?: number;
  bytesOut?: number;
  notes?: readonly Note[];
  /** The reason of the fault that answered the caller. */
  fault?: FaultReason;
  /** The system's own code of its cause, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
  cause?: string;
}

/** Start a trace, with an id of its own. */
export function createTrace(): Trace {
  return { id: `req-${randomUUID()}`, startedAt: performance.now() };
}
