import type { Request, Response } from 'express';
import type { PathFacts } from '../../compute/path-facts.ts';
import { callerGone } from '../../fault.ts';
import type { ExchangeLine } from '../../observe/exchange-fields.ts';
import type { Log } from '../../observe/log.ts';
import type { Metrics } from '../../observe/metrics.ts';
import type { Note } from '../../upstream/note.ts';
import type { Step } from './step.ts';
import type { Trace } from './trace.ts';

/** The longest User-Agent that is logged, in characters: callers choose its length. */
const longestAgent = 200;
/** A request id as clouds write it; a header field of another form may contain anything, and is not logged. */
const cloudId = /^req-[\w-]{1,60}$/;

/**
 * Log and count each exchange when its answer has been sent or its caller has disconnected.
 * @param mostNotes the largest number of notes in one line
 */
export function accessLog(log: Log, mostNotes: number, count: Metrics['count']): Step {
  return (exchange) => {
    const { request, response, trace } = exchange;
    const { socket } = request;
    const { bytesRead, bytesWritten } = socket;
    response.once('close', () => {
      // The caller disconnected before it had received the whole answer.
      if (!response.writableFinished) trace.fault ??= 'caller-gone';
      const ended = Object.assign(trace, exchange.facts, {
        status: response.headersSent ? response.statusCode : callerGone,
        ms: performance.now() - trace.startedAt,
      });
      trace.bytesIn ??= Number(request.headers['content-length'] ?? socket.bytesRead - bytesRead);
      trace.bytesOut ??= socket.bytesWritten - bytesWritten;
      count(ended);
      log.info('exchange', fieldsOf(ended, request, response, mostNotes));
    });
  };
}

interface Ended extends Trace, PathFacts {
  readonly status: number;
  readonly ms: number;
}

/** Fill all fields, in the order of the line. Copying only those with a value would cost more than printing all. */
function fieldsOf(
  ended: Ended,
  { method, originalUrl, headers }: Request,
  { writableFinished }: Response,
  mostNotes: number,
): ExchangeLine {
  const { cloudMs, notes } = ended;
  return {
    id: ended.id,
    version: ended.version,
    project: ended.project,
    operation: ended.operation,
    mediaIn: ended.mediaIn,
    bytesIn: ended.bytesIn,
    microversion: ended.microversion,
    cloudStatus: ended.cloudStatus,
    fault: ended.fault,
    cause: ended.cause,
    mediaOut: ended.mediaOut,
    bytesOut: ended.bytesOut,
    server: ended.server,
    method,
    path: originalUrl.replace(/\?.*$/s, ''),
    agent: headers['user-agent']?.slice(0, longestAgent),
    status: ended.status,
    aborted: writableFinished ? undefined : true,
    ms: milliseconds(ended.ms),
    cloudId: ended.cloudId !== undefined && cloudId.test(ended.cloudId) ? ended.cloudId : undefined,
    cloudMs: cloudMs === undefined ? undefined : milliseconds(cloudMs),
    notes: notes?.slice(0, mostNotes).map(noteText),
  };
}

function noteText({ member, outcome }: Note): string {
  return `${member};${outcome}`;
}

function milliseconds(duration: number): number {
  return Math.round(duration * 100) / 100;
}
