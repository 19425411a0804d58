import type { TimeZone } from './calendar/time-zone.ts';
import type { WindowTimes } from './calendar/windows.ts';
import type { Selection } from './selection.ts';

/** The links of the header fields, by their relation. */
export interface RetirementLinks {
  /** The page about the end of the old API (RFC 9745). */
  readonly deprecation?: string;
  /** The page about its last day (RFC 8594). */
  readonly sunset?: string;
  /** The API that replaces it (RFC 5829). */
  readonly 'successor-version'?: string;
}

/** A time in which exchanges that need the gateway are refused, so that their owners notice before the end. */
export interface Brownout {
  /** The name in the file, else its path, such as `brownouts.0`. */
  readonly name: string;
  readonly times: WindowTimes;
  /** The exchanges that it is about; undefined for all. */
  readonly only: readonly Selection[] | undefined;
  readonly except: readonly Selection[];
}

/** Exchanges that are refused from a time on. */
export interface RetirementRule {
  /** The name in the file, else its path, such as `rules.0`. */
  readonly name: string;
  /** In milliseconds of Unix time. */
  readonly from: number;
  readonly selection: Selection;
  readonly except: readonly Selection[];
}

/** The content of a retirement file. */
export interface RetirementFile {
  /** The time since when the old API is deprecated, in milliseconds of Unix time. */
  readonly deprecation: number | undefined;
  /** The time after which it may be gone. It refuses nothing by itself. */
  readonly sunset: number | undefined;
  readonly links: RetirementLinks;
  /** The time zone of times without one, and of `retire show`. */
  readonly zone: TimeZone;
  /** The needs that count: those that break without the gateway, or all of them. */
  readonly needs: 'breaking' | 'all';
  readonly brownouts: readonly Brownout[];
  readonly rules: readonly RetirementRule[];
  /** Exchanges that are never refused. */
  readonly except: readonly Selection[];
}
