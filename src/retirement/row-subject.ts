import type { LedgerKey } from '../ledger/entry.ts';
import { networkRangeIn } from './network-range.ts';
import { notKnown, type Subject } from './selection.ts';

/** A member of a key that stands for several values, such as `(other)`. */
const several = /^\(.*\)$/;
/** The project of calls that name none. */
const noProject = '(none)';

/** Describe a row of the ledger for the rules and brownouts of a retirement file. */
export function subjectOfKey({ project, agent, network, reason }: LedgerKey): Subject {
  return {
    project: project === noProject ? undefined : known(project),
    agent: known(agent),
    network: several.test(network) ? notKnown : (networkRangeIn(network) ?? notKnown),
    reasons: [reason],
  };
}

function known(text: string): string | typeof notKnown {
  return several.test(text) ? notKnown : text;
}
