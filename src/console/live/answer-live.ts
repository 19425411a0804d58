import type { ServerResponse } from 'node:http';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { LiveHub } from '../../observe/live/live-hub.ts';
import { hardening, noSources } from '../headers/hardening.ts';
import { LiveStream } from './live-stream.ts';

/** An answer whose body is written for as long as its reader stays, or a short one. */
export interface LiveAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ((response: ServerResponse) => void);
}

/** A request for the exchanges. */
interface LiveRequest {
  /** True for a request that wants the header section only. */
  readonly isHead: boolean;
  /** Checks again that the reader may see what it reads. */
  readonly isProven: () => boolean;
}

const headers = { ...hardening, 'Content-Security-Policy': noSources } as const;
const streamHeaders = { ...headers, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' } as const;

/**
 * Answer with the exchanges as they end, as server-sent events.
 * @param instance the name of this replica
 */
export function answerLive(hub: LiveHub, instance: string, { isHead, isProven }: LiveRequest): LiveAnswer {
  if (isHead) return { status: 200, headers: streamHeaders, body: '' };
  const stream = new LiveStream(isProven);
  const leave = hub.join(stream);
  if (leave === undefined) return tooMany;
  const { kept, mostKept } = hub;
  return {
    status: 200,
    headers: streamHeaders,
    body: (response) => stream.begin(response, { instance, mostKept, kept }, leave),
  };
}

const tooMany: LiveAnswer = {
  status: 503,
  headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '10' },
  body: `refused: ${fixedLimits.liveReaders} readers watch the exchanges already, or the gateway ends\n`,
};
