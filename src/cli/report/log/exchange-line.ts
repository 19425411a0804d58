import type { CountedNeeds } from '../../../ledger/count/counted-needs.ts';

/** The line of an exchange, as far as the report needs it. */
export interface ReadExchange extends CountedNeeds {
  /** In milliseconds of Unix time. */
  readonly time: number;
  /** False for the line of a failure of the cloud or the gateway, which a log of the level `warn` has as well. */
  readonly isInfo: boolean;
}

/** The content of a line: an exchange, one without `needs`, another line of the gateway, an empty one, or one that cannot be read. */
export type LineContent =
  | { readonly kind: 'exchange'; readonly exchange: ReadExchange }
  | { readonly kind: 'without-needs'; readonly time: number }
  | { readonly kind: 'other' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken' };

const other: LineContent = { kind: 'other' };
const empty: LineContent = { kind: 'empty' };
const broken: LineContent = { kind: 'broken' };

/**
 * Read a line of the log. Container engines put it into lines of their own: Docker into the member `log`, the kubelet behind a
 * time and the name of a stream.
 */
export function readLine(text: string): LineContent {
  const start = text.indexOf('{');
  if (start === -1) return text.trim() === '' ? empty : broken;
  const line = objectIn(text.slice(start));
  if (line === undefined) return broken;
  const wrapped = line['log'];
  return contentOf(typeof wrapped === 'string' && line['message'] === undefined ? objectIn(wrapped) : line);
}

function contentOf(line: Readonly<Record<string, unknown>> | undefined): LineContent {
  if (line === undefined) return broken;
  if (line['message'] !== 'exchange') return other;
  const time = Date.parse(textIn(line['timestamp']) ?? '');
  if (Number.isNaN(time)) return broken;
  const needs = line['needs'];
  if (!Array.isArray(needs)) return { kind: 'without-needs', time };
  const { cloudStatus, status } = line;
  const exchange = {
    time,
    isInfo: line['level'] === 'info',
    isRefused: line['retired'] !== undefined,
    project: textIn(line['project']),
    agent: textIn(line['agent']),
    client: textIn(line['client']) ?? '',
    operation: textIn(line['operation']),
    needs: needs.filter((need) => typeof need === 'string'),
    status: typeof status === 'number' ? status : 0,
    cloudStatus: typeof cloudStatus === 'number' ? cloudStatus : undefined,
    requestId: textIn(line['requestId']) ?? '',
  };
  return { kind: 'exchange', exchange };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // The members of any object can be asked for.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
