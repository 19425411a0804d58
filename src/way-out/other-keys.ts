import type { LedgerKey } from '../ledger/entry.ts';
import { nameOfReason } from './need-of-reason.ts';

/** The project of calls whose token the cloud did not accept. */
export const unverifiedProject = '(unverified)';
/** The members of a key that stands for all that there was no room for. */
export const otherKeys = '(other)';

/** Check that a key stands for others, of its project or of all. */
export function isOther({ project, agent }: LedgerKey): boolean {
  return agent === otherKeys && project !== unverifiedProject;
}

/** Return the key that stands for a key for which there is no room. */
export function otherKeyOf({ reason }: LedgerKey): LedgerKey {
  return {
    project: otherKeys,
    agent: otherKeys,
    network: otherKeys,
    operation: otherKeys,
    reason: nameOfReason(reason),
  };
}
