import type { LedgerData } from './ledger-types.ts';

/** Whom a retirement file would refuse, by the calls of the last 30 days. The document of `/api/retirement/plan`. */
export interface RetirementPlanView extends LedgerData {
  /** The first day of the calls. */
  readonly since: string;
  /** False for a gateway without a file: then the plan is that of a file to begin with. */
  readonly isOfFile: boolean;
  /** A file to begin with, as JSON; null for a gateway that has one. */
  readonly beginning: string | null;
  /** All callers whose needs count. */
  readonly needed: PlanReach;
  /** The rules and brownouts that are not over, those that hit most first; at most 100. */
  readonly parts: readonly PlanPart[];
  /** Further parts, which would refuse nobody or fewer. */
  readonly moreParts: number;
  /** Callers whom no part would refuse. */
  readonly untouched: PlanReach;
  /** The brownouts that are over, with what was refused on their days; the last 250. */
  readonly past: readonly PastWindow[];
}

/** A rule or a brownout, and whom it would refuse. */
export interface PlanPart {
  readonly name: string;
  readonly kind: 'rule' | 'brownout';
  readonly hits: PlanReach;
  /** Callers of whom it may refuse some: the ledger does not know them exactly. */
  readonly perhaps: PlanReach;
  /** Callers whom only an exception spares. */
  readonly spared: PlanReach;
}

/** Some callers: how many there are, and the first of them. */
export interface PlanReach {
  readonly exchanges: number;
  readonly projects: number;
  readonly clients: number;
  /** Those with the most exchanges; at most 10. All are at `/api/retirement/plan/rows`. */
  readonly rows: readonly PlanCaller[];
}

/** A caller with an operation. */
export interface PlanCaller {
  readonly project: string;
  readonly agent: string;
  readonly network: string;
  readonly operation: string;
  readonly reasons: readonly string[];
  readonly exchanges: number;
  readonly last: string;
}

/** A row of `/api/retirement/plan/rows`. */
export interface PlanTableRow extends PlanCaller {
  /** The name of the rule or the brownout; empty for those whom none would refuse. */
  readonly part: string;
  readonly effect: 'refused' | 'perhaps' | 'spared' | 'untouched';
}

/** A window of a brownout that is over. */
export interface PastWindow {
  readonly name: string;
  readonly from: string;
  /** Exchanges that brownouts and rules refused on its days in UTC. */
  readonly refused: number;
  /** False if a day of it has no data. */
  readonly isComplete: boolean;
}
