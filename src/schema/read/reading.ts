import { Fault } from '../../fault.ts';
import type { QuotaName } from '../../fault-reasons.ts';
import type { Verbatim } from '../json-bytes.ts';
import type { DictShape, Quota } from '../shapes.ts';

/** The limit of each quota. A quota without a limit is not enforced: the cloud may still refuse the excess. */
export interface QuotaLimits {
  // A property, not a method: only so the compiler refuses a source of limits that lacks the name of a quota.
  readonly get: (name: QuotaName) => number | undefined;
}

/** What accompanies the reading of one message: the limits in force, and what was met that no description names. */
export interface Reading {
  readonly limits: QuotaLimits;
  /** The paths of members that no description names, in document order. */
  readonly unknown: string[];
  /** Whether members that no description names stay in the value (JSON only) or are left out. */
  readonly keepUnknown: boolean;
  /** Long texts of base64, which JSON holds as they are. */
  verbatim?: Verbatim[];
  /** The first quota that was exceeded. */
  excess?: Fault;
}

/** Legacy Nova's quotas: checked when all else has been, so that a mistake is told before an excess. */
export function enforce(quota: Quota | undefined, amount: number, reading: Reading): void {
  const most = quota && reading.limits.get(quota.name);
  if (quota === undefined || most === undefined || amount <= most) return;
  reading.excess ??= new Fault(413, quota.message.replace('{most}', String(most)), {
    reason: `quota-${quota.name}`,
    retryAfter: quota.retryAfter,
    // Those with Retry-After came from outside of the API's own faults.
    isBare: quota.retryAfter !== undefined,
  });
}

/** What was read, when all of it has been. @throws {Fault} 413 overLimit for the first excess */
export function settle<T>(value: T, { excess }: Reading): T {
  if (excess !== undefined) throw excess;
  return value;
}

/** A quota of characters: those of Unicode, of which JavaScript counts some twice. */
export function enforceLength(quota: Quota | undefined, text: string, reading: Reading): void {
  if (quota === undefined) return;
  const most = reading.limits.get(quota.name);
  // Counting them is dear, and can only make them fewer.
  if (most === undefined || text.length <= most) return;
  enforce(quota, text.length - (text.match(surrogatePairs)?.length ?? 0), reading);
}

const surrogatePairs = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/**
 * The key of an entry.
 * @throws {Fault} 400 for an empty key where the map has a word against it
 */
export function checkKey(shape: DictShape, key: string, at: string, reading: Reading): void {
  if (key === '' && shape.blankKey !== undefined) throw Fault.invalid(at, shape.blankKey);
  enforceLength(shape.keyQuota, key, reading);
}

/** The path of a member; that of a message without a name of its own is ''. */
export function below(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}
