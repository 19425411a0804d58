import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FaultReason } from '../../fault-reasons.ts';
import type { Note } from '../../upstream/note.ts';

/** What one exchange tells of itself, for its line in the log; never anything of a body or a credential. */
export interface Trace {
  readonly id: string;
  readonly startedAt: number;
  operation?: string;
  /** Whether it went to the cloud as it came. */
  isForwarded?: true;
  mediaIn?: string;
  mediaOut?: string;
  microversion?: string;
  cloudId?: string;
  cloudStatus?: number;
  /** Milliseconds of waiting for the cloud, connecting included, all requests together. */
  cloudMs?: number;
  bytesIn?: number;
  bytesOut?: number;
  notes?: readonly Note[];
  /** Why the answer is a fault. */
  fault?: FaultReason;
  /** The system's own word for what was behind it, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
  cause?: string;
}

const key = Symbol('trace');

/** It is kept with the response: to look it up in a map costs more than all else that a trace does. */
interface Traced extends ServerResponse {
  [key]?: Trace;
}

/** The trace of an exchange, begun when it is first asked for. */
export function traceOf(response: Traced): Trace {
  response[key] ??= { id: `req-${randomUUID()}`, startedAt: performance.now() };
  return response[key];
}
