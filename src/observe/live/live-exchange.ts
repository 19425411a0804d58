import type { ExchangeLine } from '../exchange-fields.ts';

/** The end of an exchange, for the reader of the console. */
export type LiveOutcome =
  /** An operation that was translated, and answered by the cloud. */
  | 'translated'
  | 'forwarded'
  /** A call of a resource that the cloud has no longer. */
  | 'withdrawn'
  /** Answered by the gateway itself, without a fault and without the cloud. */
  | 'answered'
  /** A request that was refused before anything was sent. */
  | 'refused'
  /** A request that the retirement file refused. */
  | 'retired'
  /** A request to which the cloud gave no usable answer. */
  | 'failed'
  /** An exchange whose caller disconnected before its end. */
  | 'gone';

/**
 * An exchange as the console shows it: the fields of its line in the log, and the request to the cloud. It has no body, no query,
 * no token and no user. Null stands for what the exchange does not have.
 */
export interface LiveExchange {
  /** The time of its end (ISO 8601, UTC). */
  readonly at: string;
  /** The number of the worker; null without workers. */
  readonly worker: number | null;
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly project: string | null;
  readonly client: string | null;
  readonly agent: string | null;
  readonly region: string | null;
  /** The status that the caller got; 499 if it disconnected before. */
  readonly status: number;
  readonly outcome: LiveOutcome;
  readonly fault: string | null;
  readonly member: string | null;
  readonly retired: string | null;
  readonly cause: string | null;
  readonly ms: number;
  readonly cloudMethod: string | null;
  /** The path of the last request to the cloud, without its query. */
  readonly cloudPath: string | null;
  readonly cloudStatus: number | null;
  readonly cloudMs: number | null;
  readonly mediaIn: string | null;
  readonly mediaOut: string | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  readonly notes: readonly string[];
  readonly needs: readonly string[];
  /** The request id that the caller received. */
  readonly requestId: string;
  /** The request id that the caller sent, or the gateway's instead: the cloud logs it as the global one. */
  readonly globalRequestId: string | null;
  readonly traceId: string | null;
}

/** The facts of an exchange that its line in the log does not have. */
export interface ExchangeWay {
  readonly isForwarded?: true;
  readonly cloudMethod?: string;
  /** Without its query. */
  readonly cloudPath?: string | undefined;
}

/** Characters of a text of an exchange: callers choose the length of their paths. */
const longestText = 500;
/** Notes and needs of an exchange, and the characters of each. */
const mostItems = 50;
const longestItem = 100;

/** Describe an exchange by its line in the log. */
export function liveExchange(line: ExchangeLine, way: ExchangeWay, worker: number | null): LiveExchange {
  return {
    at: new Date().toISOString(),
    worker,
    method: textOf(line.method) ?? '',
    path: textOf(line.path) ?? '',
    operation: textOf(line.operation),
    project: textOf(line.project),
    client: textOf(line.client),
    agent: textOf(line.agent),
    region: textOf(line.region),
    status: numberOf(line.status) ?? 0,
    outcome: outcomeOf(line, way),
    fault: textOf(line.fault),
    member: textOf(line.member),
    retired: textOf(line.retired),
    cause: textOf(line.cause),
    ms: numberOf(line.ms) ?? 0,
    cloudMethod: textOf(way.cloudMethod),
    cloudPath: textOf(way.cloudPath),
    cloudStatus: numberOf(line.cloudStatus),
    cloudMs: numberOf(line.cloudMs),
    mediaIn: textOf(line.mediaIn),
    mediaOut: textOf(line.mediaOut),
    bytesIn: numberOf(line.bytesIn),
    bytesOut: numberOf(line.bytesOut),
    notes: itemsOf(line.notes),
    needs: itemsOf(line.needs),
    requestId: textOf(line.requestId) ?? '',
    globalRequestId: textOf(line.globalRequestId),
    traceId: textOf(line.traceId),
  };
}

function outcomeOf(line: ExchangeLine, { isForwarded, cloudMethod }: ExchangeWay): LiveOutcome {
  if (line.retired !== undefined) return 'retired';
  if (line.fault === 'caller-gone') return 'gone';
  if (itemsOf(line.needs).some((need) => need.startsWith('withdrawn:'))) return 'withdrawn';
  const isFault = line.fault !== undefined;
  if (cloudMethod === undefined) return isFault ? 'refused' : 'answered';
  if (isFault && line.cloudStatus === undefined) return 'failed';
  return isForwarded === true ? 'forwarded' : 'translated';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, longestText) : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function itemsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostItems).map((item) => String(item).slice(0, longestItem));
}
