import type { Request, Response } from 'express';
import { callerGone } from '../../fault.ts';
import type { ExchangeLine } from '../../observe/exchange-fields.ts';
import type { Log } from '../../observe/log.ts';
import type { Metrics } from '../../observe/metrics.ts';
import type { Note } from '../../upstream/note.ts';
import { pathFactsOf, type PathFacts } from './path-facts.ts';
import type { Step } from './step.ts';
import { traceOf, type Trace } from './trace.ts';

const longestAgent = 200;
/** The id that a cloud gives a request, as clouds write it; what looks otherwise may be anything. */
const idForm = /^req-[\w-]{1,60}$/;

/**
 * One line for each exchange, when its answer has been sent or its caller has gone, with at most `mostNotes` notes in it;
 * and its count.
 */
export function accessLog(log: Log, mostNotes: number, count: Metrics['count']): Step {
  return (request, response) => {
    const trace = traceOf(response);
    const { socket } = request;
    const { bytesRead, bytesWritten } = socket;
    response.once('close', () => {
      // A caller who left before the end saw no whole answer.
      if (!response.writableFinished) trace.fault ??= 'caller-gone';
      const ended = Object.assign(trace, pathFactsOf(request.originalUrl), {
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

/** Fills every field, in the order of the line. To copy only those that have a value would cost more than printing them all. */
function fieldsOf(
  ended: Ended,
  { method, originalUrl, headers }: Request,
  { writableFinished }: Response,
  mostNotes: number,
): ExchangeLine {
  const { cloudId, cloudMs, notes } = ended;
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
    cloudId: cloudId !== undefined && idForm.test(cloudId) ? cloudId : undefined,
    cloudMs: cloudMs === undefined ? undefined : milliseconds(cloudMs),
    notes: notes?.slice(0, mostNotes).map(shown),
  };
}

function shown({ member, outcome }: Note): string {
  return `${member};${outcome}`;
}

function milliseconds(duration: number): number {
  return Math.round(duration * 100) / 100;
}
