import type { LedgerKey } from '../entry.ts';
import type { CountedNeeds } from './counted-needs.ts';
import { CallerNames, noProject } from './caller-names.ts';
import { safeText } from './safe-text.ts';

/** The caller of an exchange, as its key has it. */
export interface CountedCaller {
  readonly names: CallerNames;
  /** True if the cloud served a call of the project. */
  readonly isProven: boolean;
  /** True if the cloud accepted the token; a retirement refuses before the cloud could, and must show whom it hits. */
  readonly isVouched: boolean;
  /** True for the row of unverified callers. */
  readonly isReduced: boolean;
}

/** The longest reason of a key, in characters. */
const longestReason = 96;

/** The value in the place of a text that was not kept. Names in parentheses are the ledger's own. */
const other = '(other)';
const unverified = '(unverified)';

const unauthorized = 401;

/** Check for a project that is the name of a row. A caller could name one in a path. */
export function isSpecial(project: string): boolean {
  return project.startsWith('(') && project !== noProject;
}

/** Return a reason without its member, which makes it one of a few. */
export function kindOfReason(reason: string): string {
  const [kind = ''] = reason.split(':', 1);
  return kind;
}

/** Make the key of what a project needs besides its other keys. */
export function otherKey(project: string, reason: string): LedgerKey {
  return { project, agent: other, network: other, operation: other, reason };
}

/**
 * Find out under which caller an exchange is counted. It is the project only if the cloud answered, and not 401, which means that
 * it accepted the token; or if nothing was sent and the project is known, as for a request that a retirement refuses. All others
 * are one row, so that strangers cannot fill the ledger.
 */
export function callerOf(
  exchange: CountedNeeds,
  names: CallerNames,
  isKnown: (project: string) => boolean,
): CountedCaller {
  const { cloudStatus } = exchange;
  const { project } = names;
  const isNamed = cloudStatus === undefined ? isKnown(project) : cloudStatus !== unauthorized;
  if (!isNamed || isSpecial(project)) return strangers;
  return {
    names,
    isProven: cloudStatus !== undefined && cloudStatus < 400 && project !== noProject,
    isVouched: cloudStatus !== undefined || exchange.isRefused === true,
    isReduced: false,
  };
}

/**
 * Find the caller under which a need is counted. One whose token nobody has checked, since its request was refused before, counts
 * under its own name only if its key is known: whoever knows the id of a project could invent clients of it.
 */
export function callerOfNeed(
  caller: CountedCaller,
  reason: string,
  isKnown: (keyText: string) => boolean,
): CountedCaller {
  return caller.isVouched || isKnown(caller.names.keyText(safeText(reason, longestReason))) ? caller : strangers;
}

/** Make a reason safe; one of an unverified caller has no member. */
export function keptReason(reason: string, { isReduced }: CountedCaller): string {
  return safeText(isReduced ? kindOfReason(reason) : reason, longestReason);
}

const strangers: CountedCaller = {
  names: new CallerNames({ project: unverified, agent: other, network: other, operation: other }),
  isProven: false,
  isVouched: true,
  isReduced: true,
};
