import { Fault } from '../../fault.ts';
import type { ScannedElement } from '../../xml/scan/scan.ts';
import type { QuotaName } from '../../fault-reasons.ts';
import type { Verbatim } from '../json-bytes.ts';
import type { DictShape, Quota } from '../shapes.ts';
import type { FoundForm, LegacyForm } from '../unaided.ts';

/** The limit of each quota. A quota without a limit is not enforced: the cloud may still refuse the excess. */
export interface QuotaLimits {
  // A property instead of a method, so that the compiler refuses a source of limits that lacks the name of a quota.
  readonly get: (name: QuotaName) => number | undefined;
}

/** A part of a message that was read over although a description names it, and the reason: the end of a note's sentence. */
export interface PassedOver {
  readonly path: string;
  readonly because: string;
}

/** The state of reading one message: the limits, the options, and the values that the reader collects. */
export interface Reading {
  /** The limits of the quotas. */
  readonly limits: QuotaLimits;
  /** The paths of members that no description names, in document order. */
  readonly unknown: string[];
  /** The other parts that are not in the value; unlike unknown members, they are never kept. */
  readonly passedOver: PassedOver[];
  /** Keep members that no description names in the value (JSON only) instead of leaving them out. */
  readonly keepUnknown: boolean;
  /** True for a message in XML, whose texts have no types and whose white space is layout. */
  readonly isXml?: boolean;
  /** The values that were written in a legacy form. */
  legacyForms?: FoundForm[];
  /** The long base64 texts, which JSON contains without escaping. */
  verbatim?: Verbatim[];
  /** The fault of the first quota that was exceeded; it is thrown after everything has been read. */
  excess?: Fault;
}

/** The function that reads an element by a description and returns the JSON value. `at` is its path, for faults. */
export type XmlReader = (element: ScannedElement, at: string, reading: Reading) => unknown;

/** Record a value that was written in a legacy form; nothing for a modern one. */
export function noteForm(form: LegacyForm | undefined, at: string, reading: Reading): void {
  if (form !== undefined) (reading.legacyForms ??= []).push({ at, form });
}

/** Record a part of which another occurrence counts. */
export function passOverRepeated(path: string, reading: Reading): void {
  reading.passedOver.push({ path, because: 'it occurs more than once, and only one counts' });
}

/** Record the fault of an exceeded quota. It is thrown at the end of reading, so that a malformed member is reported first, as in legacy Nova. */
export function enforce(quota: Quota | undefined, amount: number, reading: Reading): void {
  const most = quota && reading.limits.get(quota.name);
  if (quota === undefined || most === undefined || amount <= most) return;
  reading.excess ??= new Fault(quota.status ?? 413, quota.message.replace('{most}', String(most)), {
    reason: `quota-${quota.name}`,
    retryAfter: quota.retryAfter,
    // Legacy Nova raised quotas with Retry-After outside of its fault classes, which add the charset.
    isBare: quota.retryAfter !== undefined,
  });
}

/** Finish reading, and return the value. @throws {Fault} 413 overLimit for the first quota that was exceeded */
export function finishReading<T>(value: T, { excess }: Reading): T {
  if (excess !== undefined) throw excess;
  return value;
}

/** Record the fault of an exceeded quota of characters. They are counted as Unicode code points; JavaScript's `length` counts some twice. */
export function enforceLength(quota: Quota | undefined, text: string, reading: Reading): void {
  if (quota === undefined) return;
  const most = reading.limits.get(quota.name);
  // The number of code points is at most `length`, so short texts need no count.
  if (most === undefined || text.length <= most) return;
  enforce(quota, text.length - (text.match(surrogatePairs)?.length ?? 0), reading);
}

const surrogatePairs = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/**
 * Check the key of an entry, and record the fault of an exceeded quota.
 * @throws {Fault} 400 for an empty key, if the map refuses it
 */
export function checkKey(shape: DictShape, key: string, at: string, reading: Reading): void {
  if (key === '' && shape.blankKey !== undefined) throw Fault.invalid(at, shape.blankKey);
  enforceLength(shape.keyQuota, key, reading);
}

/** Append a member to a path; the path is '' for a bare message, whose root is not part of the path. */
export function below(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}
