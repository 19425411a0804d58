import type { PathFacts } from '../../compute/path-facts.ts';
import { callerGone } from '../../fault.ts';
import type { CountedNeeds } from '../../ledger/count/counted-needs.ts';
import type { CountNeeds } from '../../ledger/count/own-counts.ts';
import type { ExchangeLine } from '../../observe/exchange-fields.ts';
import { familyOf, levelOfFamily } from '../../observe/fault-families.ts';
import type { ExchangeFeed } from '../../observe/live/exchange-feed.ts';
import type { ExchangeWay } from '../../observe/live/live-exchange.ts';
import type { Log } from '../../observe/log.ts';
import type { Metrics } from '../../observe/metrics.ts';
import { longestAgent } from '../../observe/shown/user-agent.ts';
import type { Need } from '../../need-reasons.ts';
import type { Note } from '../../upstream/note.ts';
import { shownPath } from '../../observe/shown/shown-path.ts';
import type { Exchange } from './exchange.ts';
import { remembered } from './recent/remembered.ts';
import { operationNameOf, settleNeeds } from './settle-needs.ts';
import type { Step } from './step.ts';
import { requestIdOf, stopCloudTime, type Trace } from './trace.ts';

const recentShownPath = remembered(shownPath);

/**
 * Log and count each exchange when its answer has been sent or its caller has disconnected. The level of the line tells the
 * failures of the cloud and of the gateway from those of callers, so that a log of level `warn` has the first.
 * @param mostNotes the largest number of notes in one line
 * @param countNeeds counts the needs for the ledger, if there is one
 * @param feed shows exchanges to those who watch them, if they can be watched
 */
export function accessLog(
  log: Log,
  mostNotes: number,
  count: Metrics['count'],
  countNeeds?: CountNeeds,
  feed?: ExchangeFeed,
): Step {
  return (exchange) => {
    // Forwarding changes the header fields from which the client is read.
    const { request, response, trace, client } = exchange;
    const { socket } = request;
    const { bytesRead, bytesWritten } = socket;
    exchange.onClose(() => {
      stopCloudTime(trace);
      // The caller disconnected before it had received the whole answer.
      if (!response.writableFinished) trace.fault ??= 'caller-gone';
      settleNeeds(exchange);
      const ended = Object.assign(trace, exchange.facts, {
        client,
        needs: exchange.needs,
        status: response.headersSent ? response.statusCode : callerGone,
        ms: performance.now() - trace.startedAt,
      });
      trace.bytesIn ??= Number(request.headers['content-length'] ?? socket.bytesRead - bytesRead);
      trace.bytesOut ??= socket.bytesWritten - bytesWritten;
      count(ended);
      if (countNeeds !== undefined && ended.needs.length > 0) countNeeds(countedNeeds(ended, exchange));
      const level = trace.fault === undefined ? 'info' : levelOfFamily[familyOf(trace.fault)];
      const line = fieldsOf(ended, exchange, mostNotes);
      log[level]('exchange', line);
      if (feed?.isWatched === true) feed.show(line, wayOf(trace));
    });
  };
}

interface Ended extends Trace, PathFacts {
  readonly client: string;
  readonly needs: readonly Need[];
  readonly status: number;
  readonly ms: number;
}

function countedNeeds(ended: Ended, exchange: Exchange): CountedNeeds {
  const { project, client, needs, status, cloudStatus, retired } = ended;
  return {
    project,
    agent: exchange.request.headers['user-agent'],
    client,
    operation: operationNameOf(exchange),
    needs,
    status,
    cloudStatus,
    requestId: requestIdOf(ended),
    isRefused: retired !== undefined,
  };
}

/** Fill all fields, in the order of the line. Copying only those with a value would cost more than printing all. */
function fieldsOf(ended: Ended, exchange: Exchange, mostNotes: number): ExchangeLine {
  const { request, response } = exchange;
  const { method, originalUrl, headers } = request;
  const { writableFinished } = response;
  const { cloudMs, notes, needs } = ended;
  return {
    requestId: requestIdOf(ended),
    globalRequestId: ended.globalRequestId,
    traceId: ended.traceId,
    region: ended.region,
    version: ended.version,
    project: ended.project,
    operation: operationNameOf(exchange),
    mediaIn: ended.mediaIn,
    bytesIn: ended.bytesIn,
    microversion: ended.microversion,
    cloudStatus: ended.cloudStatus,
    fault: ended.fault,
    member: ended.member,
    retired: ended.retired,
    cause: ended.cause,
    mediaOut: ended.mediaOut,
    bytesOut: ended.bytesOut,
    server: ended.server,
    login: ended.login,
    user: ended.user,
    client: ended.client === '' ? undefined : ended.client,
    method,
    path: recentShownPath(originalUrl),
    agent: headers['user-agent']?.slice(0, longestAgent),
    status: ended.status,
    aborted: writableFinished ? undefined : true,
    ms: milliseconds(ended.ms),
    cloudMs: cloudMs === undefined ? undefined : milliseconds(cloudMs),
    notes: notes?.slice(0, mostNotes).map(noteText),
    needs,
  };
}

function wayOf({ isForwarded, cloudMethod, cloudTarget }: Trace): ExchangeWay {
  const cloudPath = cloudTarget === undefined ? undefined : shownPath(cloudTarget);
  return { ...(isForwarded && { isForwarded }), ...(cloudMethod !== undefined && { cloudMethod }), cloudPath };
}

function noteText({ member, outcome }: Note): string {
  return `${member};${outcome}`;
}

function milliseconds(duration: number): number {
  return Math.round(duration * 100) / 100;
}
