import { dayText } from '../../../ledger/days.ts';
import type { DataGap } from '../../../way-out/data-gaps.ts';
import { holdSentence, verdictSentence, verdictTitle } from '../../../way-out/words/verdict-words.ts';
import type { Hold, Verdict } from '../../../way-out/verdict.ts';
import type { GapView, HoldView, VerdictView } from '../../views/ledger-types.ts';

/** The most reasons of a verdict in a document. */
const mostHolds = 20;

/** Describe a verdict. @param project the only project that it is about; undefined for all */
export function viewVerdict(verdict: Verdict, project: string | undefined): VerdictView {
  const { kind, earliest, holds } = verdict;
  return {
    kind,
    title: verdictTitle(kind, project),
    sentence: verdictSentence(verdict, project),
    earliest: earliest === undefined ? null : dayText(earliest),
    holds: holds.slice(0, mostHolds).map(viewHold),
    moreHolds: Math.max(0, holds.length - mostHolds),
  };
}

function viewHold(hold: Hold): HoldView {
  return {
    kind: hold.kind,
    sentence: holdSentence(hold),
    until: hold.overOn === undefined ? null : dayText(hold.overOn),
    project: ('name' in hold ? hold.name.project : undefined) ?? null,
  };
}

/** Describe days without data. */
export function viewGap({ first, last, reason }: DataGap): GapView {
  return { first: dayText(first), last: dayText(last), reason };
}
