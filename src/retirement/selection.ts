import { globCheck, type TextCheck } from './glob.ts';
import { networkRangeIn, overlapOf, type NetworkRange } from './network-range.ts';

/** Exchanges that a file selects: those that agree with each member that is given, by one of its values. */
export interface Selection {
  readonly project?: readonly string[];
  /** Patterns of the User-Agent, in which `*` stands for any characters; `(none)` for a request without one. */
  readonly agent?: readonly string[];
  /** Addresses, networks, or `unix`. */
  readonly network?: readonly string[];
  /** Reasons of `need-reasons.ts`: one without its member stands for all its members. */
  readonly reason?: readonly string[];
}

/** The mark of a member of a row of the ledger that stands for several callers. */
export const notKnown = Symbol('not known');

/** One exchange, or a row of the ledger, by what selections ask for. */
export interface Subject {
  /** Undefined if the exchange names none, such as most logins. */
  readonly project: string | typeof notKnown | undefined;
  readonly agent: string | typeof notKnown;
  /** The address of the caller, or its network, of which a row of the ledger does not know more. */
  readonly network: NetworkRange | typeof notKnown;
  /** The reasons for which it needs the gateway. */
  readonly reasons: readonly string[];
}

/** The answer of a selection: `maybe` for a row of the ledger of which it selects a part. */
export type Match = 'yes' | 'maybe' | 'no';

/** The longest part of a User-Agent that is compared, in characters: the ledger keeps no more. */
export const comparedAgent = 64;

/** A selection that is ready to be asked. */
export type SelectionCheck = (subject: Subject) => Match;

/** Prepare a selection. One without members selects everything. */
export function selectionCheck(selection: Selection): SelectionCheck {
  const checks = [
    ...(selection.project === undefined ? [] : [projectCheck(new Set(selection.project))]),
    ...(selection.reason === undefined ? [] : [reasonCheck(new Set(selection.reason))]),
    ...(selection.agent === undefined ? [] : [agentCheck(selection.agent.map(agentTextCheck))]),
    ...(selection.network === undefined ? [] : [networkCheck(selection.network)]),
  ];
  return (subject) => {
    let match: Match = 'yes';
    for (const check of checks) {
      const found = check(subject);
      if (found === 'no') return 'no';
      if (found === 'maybe') match = 'maybe';
    }
    return match;
  };
}

/** Take an exception off a match. */
export function without(match: Match, exception: Match): Match {
  if (match === 'no' || exception === 'yes') return 'no';
  return exception === 'maybe' ? 'maybe' : match;
}

function projectCheck(projects: ReadonlySet<string>): SelectionCheck {
  return ({ project }) => {
    if (project === notKnown) return 'maybe';
    return project !== undefined && projects.has(project) ? 'yes' : 'no';
  };
}

function reasonCheck(wanted: ReadonlySet<string>): SelectionCheck {
  return ({ reasons }) =>
    reasons.some((reason) => wanted.has(reason) || wanted.has(reasonKind(reason))) ? 'yes' : 'no';
}

/** Return a reason without its member. */
export function reasonKind(reason: string): string {
  const colon = reason.indexOf(':');
  return colon === -1 ? reason : reason.slice(0, colon);
}

/** The word for a request without a User-Agent, as reports print it. */
const noAgent = '(none)';

/** Return the User-Agent that a text without `*` means: an empty one for the word for none. */
export function agentMeant(text: string): string {
  return text === noAgent ? '' : text;
}

/** Check that a text names one User-Agent, which can be looked up. */
export function isExactAgent(text: string): boolean {
  return !text.includes('*');
}

function agentTextCheck(text: string): TextCheck {
  return globCheck(agentMeant(text));
}

function agentCheck(checks: readonly TextCheck[]): SelectionCheck {
  return ({ agent }) => {
    if (agent === notKnown) return 'maybe';
    return checks.some((check) => check(agent)) ? 'yes' : 'no';
  };
}

function networkCheck(texts: readonly string[]): SelectionCheck {
  const ranges = texts.flatMap((text) => networkRangeIn(text) ?? []);
  return ({ network }) => {
    if (network === notKnown) return 'maybe';
    let match: Match = 'no';
    for (const range of ranges) {
      const overlap = overlapOf(range, network);
      if (overlap === 'whole') return 'yes';
      if (overlap === 'part') match = 'maybe';
    }
    return match;
  };
}
