import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';
import { traceOf } from './trace.ts';

const longestAgent = 200;

/** One line for each exchange, when its answer has been sent or its caller has gone. */
export function accessLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const trace = traceOf(response);
    const { socket } = request;
    const writtenBefore = socket.bytesWritten;
    response.once('close', () => {
      const { startedAt, cloudMs, notes, bytesIn, bytesOut, parameters, ...fields } = trace;
      log.info('exchange', {
        ...fields,
        ...named(parameters),
        method: request.method,
        path: request.originalUrl.replace(/\?.*$/s, ''),
        agent: request.headers['user-agent']?.slice(0, longestAgent),
        status: response.statusCode,
        // A caller who left before the end saw no whole answer.
        ...(response.writableFinished ? {} : { aborted: true }),
        ms: milliseconds(performance.now() - startedAt),
        ...(cloudMs === undefined ? {} : { cloudMs: milliseconds(cloudMs) }),
        bytesIn: bytesIn ?? Number(request.headers['content-length'] ?? 0),
        bytesOut: bytesOut ?? socket.bytesWritten - writtenBefore,
        ...(notes === undefined ? {} : { notes: notes.map(({ member, outcome }) => `${member};${outcome}`) }),
      });
    });
    next();
  };
}

/** `server_id` is told as `server`. */
function named(parameters: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.replace(/_id$/, ''), value]));
}

function milliseconds(duration: number): number {
  return Math.round(duration * 100) / 100;
}
