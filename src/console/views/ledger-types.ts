import type { DataGap } from '../../way-out/data-gaps.ts';
import type { KeyKind, RowState } from '../../way-out/terms/terms.ts';

/**
 * The documents of the routes whose data come from the ledger. They are for scripts, too: members are added, and none is removed
 * or renamed. Days are of the form 2026-01-31, times of ISO 8601, all in UTC; what is not known is null.
 */

/** The data that a document was made from. A part of each document of the ledger. */
export interface LedgerData {
  /** The time at which the ledger was read. It is read again at most every few seconds. */
  readonly asOf: string;
  /** The beginning of the data; null without any. */
  readonly dataSince: string | null;
  /** Null, or why the ledger cannot be read now: then the data are those of `asOf`. */
  readonly failure: LedgerFailure | null;
  /** True if a run of the ledger was made up by a demo (`hasSimulatedRun` of its runs). Each page then says so. */
  readonly isSimulated: boolean;
  /** The gateways whose counts are in the data: those that are alive, and those that are silent, whose last calls may be missing. */
  readonly gateways: {
    readonly alive: number;
    readonly silent: number;
    /** True for a ledger in memory, which has the counts of the gateway that answers, since its start. */
    readonly isThisAlone: boolean;
  };
}

/** The reason for which the ledger cannot be read. The document of an answer 503, as `error`. */
export interface LedgerFailure {
  /** Such as ECONNREFUSED; ELEDGEROFF for a gateway that counts nothing. */
  readonly code: string;
  readonly message: string;
}

/** A page of a table. A part of each document with rows of the ledger. */
export interface TablePage {
  /** The number of rows that the filter leaves, on all pages. */
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

/** Figures of some callers together, judged as `report` judges them. */
export interface NeedFigures {
  /** The kinds and the states are those of docs/way-out.md. */
  readonly kind: KeyKind;
  readonly state: RowState;
  /** Calls below status 400. A call with several reasons counts once. */
  readonly answered: number;
  readonly failed: number;
  /** Those of the failed ones that the retirement file refused. */
  readonly refused: number;
  readonly first: string;
  readonly last: string;
  readonly daysSeen: number;
  readonly longestGapDays: number;
  /** The days for which they must be silent, and the day from which on they have been. */
  readonly waitDays: number;
  readonly quietOn: string;
  /** The request id of the last call. */
  readonly lastRequest: string;
}

/** A project. A row of `/api/projects`. */
export interface ProjectRow extends NeedFigures {
  /** `(unverified)`, `(other)` and `(none)` stand for calls without a known project. */
  readonly project: string;
  /** The reasons, without their members. */
  readonly reasons: readonly string[];
  /** The number of agents. */
  readonly clients: number;
  readonly operations: number;
}

/** A client. A row of `/api/clients`. */
export interface ClientRow extends NeedFigures {
  readonly agent: string;
  readonly reasons: readonly string[];
  readonly projects: number;
  readonly networks: number;
  readonly operations: number;
}

/** Some callers together, by the members that were asked for. A row of `/api/needs`. */
export interface NeedRow extends NeedFigures {
  readonly project?: string;
  readonly agent?: string;
  readonly network?: string;
  readonly operation?: string;
  /** With its member, such as `spelling:accessIPv4`. */
  readonly reason?: string;
}

/** The documents of the tables. */
export type ProjectsView = LedgerData & TablePage & { readonly projects: readonly ProjectRow[] };
export type ClientsView = LedgerData & TablePage & { readonly clients: readonly ClientRow[] };
export type NeedsView = LedgerData & TablePage & { readonly needs: readonly NeedRow[] };

/** A reason that holds the verdict back. */
export interface HoldView {
  readonly kind: 'active' | 'silence' | 'without-data' | 'young' | 'refused' | 'no-brownout';
  readonly sentence: string;
  /** The day from which on it holds no more; null for one that does not end by waiting. */
  readonly until: string | null;
  /** The project that it is about; null for none or several. */
  readonly project: string | null;
}

/** The judgment on the whole, or on one project. */
export interface VerdictView {
  readonly kind: 'no-data' | 'needed' | 'waiting' | 'announce' | 'safe';
  /** In a few words, such as `safe to switch off`. */
  readonly title: string;
  readonly sentence: string;
  /** The first day on which only a brownout can be missing, if nobody calls until then. */
  readonly earliest: string | null;
  /** The reasons that hold it back, the longest first; at most 20. */
  readonly holds: readonly HoldView[];
  /** The number of further ones. */
  readonly moreHolds: number;
}

/** Days without data, from the first to the last. `none`: no gateway stored anything; otherwise some calls are missing. */
export interface GapView {
  readonly first: string;
  readonly last: string;
  readonly reason: DataGap['reason'];
}

/** A reason, summed over its members. A row of the way out. */
export interface ReasonRow extends NeedFigures {
  readonly reason: string;
  readonly breaks: boolean;
  /** Those that are left: neither quiet nor gone. */
  readonly projectsLeft: number;
  readonly clientsLeft: number;
  /** All that were ever counted. */
  readonly projects: number;
  readonly clients: number;
}

/** The burn-down: a number for each day from `from` on. */
export interface BurnDown {
  readonly from: string;
  /** The length of the window of `projects` and `clients`: a day counts who called on it or on the days before. */
  readonly windowDays: number;
  /** The first is that of all reasons that break; its `reason` is null. */
  readonly series: readonly BurnDownSeries[];
}

/** The burn-down of one reason. */
export interface BurnDownSeries {
  readonly reason: string | null;
  readonly breaks: boolean;
  readonly projects: readonly number[];
  readonly clients: readonly number[];
  /** Calls of that day that were answered. */
  readonly calls: readonly number[];
}

/** A day of a reason. A row of `/api/way-out/days`. */
export interface BurnDownRow {
  readonly day: string;
  /** `(all)` for all reasons that break. */
  readonly reason: string;
  readonly projects: number;
  readonly clients: number;
  readonly calls: number;
  /** False for a day of which calls may be missing. */
  readonly isComplete: boolean;
}

/** A number of those that are left of a number that was counted. */
export interface Left {
  readonly left: number;
  readonly total: number;
}

/** The document of `/api/way-out`: the clients that still need the gateway, and the day on which it can be switched off. */
export interface WayOutView extends LedgerData {
  readonly verdict: VerdictView;
  readonly projects: Left;
  readonly clients: Left;
  readonly reasonNames: Left;
  /** Those of the kind `needing` first. */
  readonly reasons: readonly ReasonRow[];
  /** Calls whose token the cloud did not accept; null for none. */
  readonly unverified: { readonly calls: number; readonly last: string } | null;
  /** Needs that were counted without names, because the ledger was full. */
  readonly others: number;
  readonly burnDown: BurnDown;
  readonly daysWithoutData: readonly GapView[];
}

/** The calls of a project on a day. A row of `/api/projects/PROJECT/days`. */
export interface ProjectDay {
  readonly day: string;
  /** Answered calls that would fail without the gateway. */
  readonly needing: number;
  /** Answered calls that work without it today. */
  readonly notBreaking: number;
  readonly failed: number;
}

/** A part of a project's rows; all of them are at `/api/needs?project=PROJECT&by=...`. */
export interface PartOfNeeds {
  readonly rows: readonly NeedRow[];
  /** The number of rows that are left out. */
  readonly left: number;
}

/** A brownout or a rule of the retirement file that is about a project. */
export interface ProjectWithdrawal {
  readonly name: string;
  /** `some`: only some of its calls. */
  readonly match: 'all' | 'some';
}

/** One project. The document of `/api/projects/PROJECT`. */
export interface ProjectView extends LedgerData {
  readonly project: string;
  /** Null for a project that was never counted. */
  readonly row: ProjectRow | null;
  readonly verdict: VerdictView;
  /** The days with calls, the earliest first. */
  readonly days: readonly ProjectDay[];
  readonly daysWithoutData: readonly GapView[];
  readonly operations: PartOfNeeds;
  readonly reasons: PartOfNeeds;
  /** By agent and network. */
  readonly clients: PartOfNeeds;
  readonly withdrawals: readonly ProjectWithdrawal[];
}
