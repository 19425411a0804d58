import type { RequestHandler } from 'express';
import { callerGone } from '../fault.ts';
import type { Log } from '../log.ts';
import type { Counted, Metrics } from '../metrics.ts';
import type { Note } from '../upstream/note.ts';
import { factsOf } from './route.ts';
import { traceOf, type Trace } from './trace.ts';

const longestAgent = 200;
/** The id that a cloud gives a request, as clouds write it; what looks otherwise may be anything. */
const idForm = /^req-[\w-]{1,60}$/;

/**
 * One line for each exchange, when its answer has been sent or its caller has gone, with at most `mostNotes` notes in it;
 * and its count.
 */
export function accessLog(log: Log, mostNotes: number, count: Metrics['count']): RequestHandler {
  return (request, response, next) => {
    const trace = traceOf(response);
    const { socket } = request;
    const { bytesRead, bytesWritten } = socket;
    Object.assign(trace, factsOf(request.url));
    response.once('close', () => {
      const { startedAt, cloudMs, cloudId, notes, parameters, isForwarded, ...fields } = trace;
      const isWhole = response.writableFinished;
      // A caller who left before the end saw no whole answer.
      const fault = isWhole ? fields.fault : (fields.fault ?? 'caller-gone');
      const status = response.headersSent ? response.statusCode : callerGone;
      const ms = performance.now() - startedAt;
      count({ ...counted(fields), isForwarded: isForwarded === true, status, ms, cloudMs, notes: notes ?? [], fault });
      log.info('exchange', {
        ...fields,
        ...named(parameters),
        method: request.method,
        path: request.originalUrl.replace(/\?.*$/s, ''),
        agent: request.headers['user-agent']?.slice(0, longestAgent),
        status,
        ...(isWhole ? {} : { aborted: true, fault }),
        ms: milliseconds(ms),
        ...(cloudId !== undefined && idForm.test(cloudId) && { cloudId }),
        ...(cloudMs === undefined ? {} : { cloudMs: milliseconds(cloudMs) }),
        bytesIn: fields.bytesIn ?? Number(request.headers['content-length'] ?? socket.bytesRead - bytesRead),
        bytesOut: fields.bytesOut ?? socket.bytesWritten - bytesWritten,
        ...(notes === undefined ? {} : { notes: notes.slice(0, mostNotes).map(shown) }),
      });
    });
    next();
  };
}

function counted({
  operation,
  version,
  mediaIn,
  mediaOut,
}: Partial<Trace>): Pick<Counted, 'operation' | 'version' | 'mediaIn' | 'mediaOut'> {
  return { operation, version, mediaIn, mediaOut };
}

function shown({ member, outcome }: Note): string {
  return `${member};${outcome}`;
}

/** `server_id` is told as `server`. */
function named(parameters: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.replace(/_id$/, ''), value]));
}

function milliseconds(duration: number): number {
  return Math.round(duration * 100) / 100;
}
