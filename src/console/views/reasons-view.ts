import { needReasons } from '../../need-reasons.ts';
import type { ReasonView } from './view-types.ts';

/** List the reasons to need the gateway, those that break first. */
export function viewReasons(): readonly ReasonView[] {
  return Object.entries(needReasons)
    .map(([reason, described]) => ({
      reason,
      breaks: described.breaks,
      about: 'about' in described ? described.about : null,
      without: described.without,
      cure: described.cure,
      before: described.before,
      after: described.after,
    }))
    .toSorted((one, other) => Number(other.breaks) - Number(one.breaks));
}
