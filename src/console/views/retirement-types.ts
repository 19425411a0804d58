/** The documents of the retirement file. Times are of ISO 8601 in UTC, unless they are called local. */

/** The retirement file: what it says, and what it refused. The document of `/api/retirement`. */
export interface RetirementView {
  /** The time of the answer. */
  readonly at: string;
  /** The path of the file; null for a gateway without one. */
  readonly file: string | null;
  /** The time of its last change; null without a file. */
  readonly changedAt: string | null;
  /** The mistakes for which the file, as it lies there now, is not used; the former one stays in use. */
  readonly mistakes: readonly string[];
  /** Exchanges that were refused since the start of the gateway, by all its processes. */
  readonly refused: { readonly byBrownouts: number; readonly byRules: number };
  /** Null without a file; with mistakes, null as well if nobody here has read a former one. */
  readonly inUse: RetirementInUse | null;
}

/** The content of a retirement file that is in use. */
export interface RetirementInUse {
  /** The zone of the local times. */
  readonly timeZone: string;
  readonly needs: 'breaking' | 'all';
  readonly deprecation: RetirementTime | null;
  readonly sunset: RetirementTime | null;
  /** True if a rule refuses from the sunset on: without one it refuses nothing. */
  readonly isSunsetEnforced: boolean;
  /** The header fields of answers to those who need the gateway. */
  readonly headerFields: readonly { readonly name: string; readonly value: string }[];
  readonly rules: readonly RetirementRuleView[];
  readonly brownouts: readonly BrownoutView[];
  /** Selections that are never refused, in words; null for none. */
  readonly except: string | null;
  /** The next change of what is in force; null if nothing changes any more. */
  readonly nextChange: RetirementTime | null;
  /** Windows of brownouts, in order: those of the last 400 days and the next ones. */
  readonly calendar: readonly CalendarWindow[];
}

/** A time in UTC, and as a clock in the zone of the file shows it: 2026-01-31 10:00. */
export interface RetirementTime {
  readonly utc: string;
  readonly local: string;
}

/** A rule in words. */
export interface RetirementRuleView {
  readonly name: string;
  readonly from: RetirementTime;
  readonly isInForce: boolean;
  readonly about: string;
  readonly except: string | null;
}

/** A brownout in words. */
export interface BrownoutView {
  readonly name: string;
  readonly times: string;
  readonly about: string;
  readonly except: string | null;
}

/** A row of `/api/retirement/windows`: a window without members of members, for tables. */
export interface WindowRow extends Pick<CalendarWindow, 'name' | 'state' | 'isProof'> {
  readonly from: string;
  readonly to: string;
  readonly localFrom: string;
  readonly localTo: string;
}

/** A window of a brownout. */
export interface CalendarWindow {
  readonly name: string;
  readonly from: RetirementTime;
  readonly to: RetirementTime;
  readonly state: 'over' | 'now' | 'coming';
  /** True for a day or more, and for everybody: only such a brownout proves that nobody is left. */
  readonly isProof: boolean;
}
