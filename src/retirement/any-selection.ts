import { SelectionIndex } from './selection-index.ts';
import { selectionCheck, type Match, type Selection, type SelectionCheck } from './selection.ts';

/** Prepare several selections, of which any is enough. */
export function anySelection(selections: readonly Selection[]): SelectionCheck {
  const index = new SelectionIndex(selections.map((selection) => ({ selection, check: selectionCheck(selection) })));
  return (subject) => {
    let match: Match = 'no';
    for (const { check } of index.about(subject)) {
      const found = check(subject);
      if (found === 'yes') return 'yes';
      if (found === 'maybe') match = 'maybe';
    }
    return match;
  };
}

/** Join two checks, of which either is enough. */
export function eitherCheck(one: SelectionCheck, other: SelectionCheck): SelectionCheck {
  return (subject) => {
    const match = one(subject);
    if (match === 'yes') return match;
    const second = other(subject);
    return second === 'no' ? match : second;
  };
}
