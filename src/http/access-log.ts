import type { RequestHandler } from 'express';
import { callerGone } from '../fault.ts';
import type { Log } from '../log.ts';
import type { Note } from '../upstream/note.ts';
import { factsOf } from './route.ts';
import { traceOf } from './trace.ts';

const longestAgent = 200;

/** One line for each exchange, when its answer has been sent or its caller has gone; at most `mostNotes` notes in it. */
export function accessLog(log: Log, mostNotes: number): RequestHandler {
  return (request, response, next) => {
    const trace = traceOf(response);
    const { socket } = request;
    const { bytesRead, bytesWritten } = socket;
    Object.assign(trace, factsOf(request.url));
    response.once('close', () => {
      const { startedAt, cloudMs, notes, parameters, ...fields } = trace;
      const isWhole = response.writableFinished;
      log.info('exchange', {
        ...fields,
        ...named(parameters),
        method: request.method,
        path: request.originalUrl.replace(/\?.*$/s, ''),
        agent: request.headers['user-agent']?.slice(0, longestAgent),
        status: response.headersSent ? response.statusCode : callerGone,
        // A caller who left before the end saw no whole answer.
        ...(isWhole ? {} : { aborted: true, fault: fields.fault ?? 'caller-gone' }),
        ms: milliseconds(performance.now() - startedAt),
        ...(cloudMs === undefined ? {} : { cloudMs: milliseconds(cloudMs) }),
        bytesIn: fields.bytesIn ?? Number(request.headers['content-length'] ?? socket.bytesRead - bytesRead),
        bytesOut: fields.bytesOut ?? socket.bytesWritten - bytesWritten,
        ...(notes === undefined ? {} : { notes: notes.slice(0, mostNotes).map(shown) }),
      });
    });
    next();
  };
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
