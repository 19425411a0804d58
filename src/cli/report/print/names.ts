import { safeText } from '../../../ledger/count/safe-text.ts';
import type { Dimension, GroupName } from '../../../way-out/groups.ts';
import { dimensions } from '../../../way-out/groups.ts';
import type { Row } from '../../../way-out/rows.ts';
import type { Silence } from '../../../way-out/silence.ts';
import type { WayOut } from '../../../way-out/summary.ts';
import type { Hold } from '../../../way-out/verdict.ts';

/** The longest text of a caller in a report, in characters: longer than any that a ledger keeps. */
const longestText = 200;

/** Returns the text in the place of a member of a key, or of a request id. */
export type Rename = (member: Dimension | 'request', text: string) => string;

/** Keep texts of callers, without what could control a terminal: the file of a ledger may have been edited. */
export const safeNames: Rename = (_, text) => safeText(text, longestText);

/** The letter of the labels of each member that identifies somebody. */
const labels: Readonly<Partial<Record<Parameters<Rename>[0], string>>> = {
  project: 'P',
  agent: 'A',
  network: 'N',
  request: 'R',
};

/**
 * Create the names of an anonymous report: each project, agent, network and request id becomes a label, the same one wherever it
 * appears in the report. The names in parentheses are the ledger's own, and stay.
 */
export function anonymousNames(): Rename {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  return (member, text) => {
    const letter = labels[member];
    if (letter === undefined || text === '' || isOfLedger(member, text)) return safeNames(member, text);
    const key = `${letter}${text}`;
    const label = known.get(key) ?? `${letter}${(counts.get(letter) ?? 0) + 1}`;
    if (!known.has(key)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    known.set(key, label);
    return label;
  };
}

/** Check for a name that a ledger gives; an agent in parentheses may be a caller's own. */
function isOfLedger(member: string, text: string): boolean {
  return text === '(other)' || (member === 'project' && (text === '(unverified)' || text === '(none)'));
}

/** Rename everything in a summary. */
export function withNames(wayOut: WayOut, rename: Rename): WayOut {
  const { needing, notBreaking, failing, unverified } = wayOut.rows;
  const rows = (some: readonly Row[]): readonly Row[] => some.map((row) => renamedRow(row, rename));
  const holds = wayOut.verdict.holds.map((hold) => renamedHold(hold, rename));
  return {
    ...wayOut,
    verdict: { ...wayOut.verdict, holds },
    rows: {
      needing: rows(needing),
      notBreaking: rows(notBreaking),
      failing: rows(failing),
      unverified: rows(unverified),
    },
  };
}

function renamedRow(row: Row, rename: Rename): Row {
  const silence = renamedSilence(row.silence, rename);
  return { ...row, name: renamed(row.name, rename), requestId: rename('request', row.requestId), silence };
}

function renamedHold(hold: Hold, rename: Rename): Hold {
  if (!('silence' in hold)) return hold;
  return { ...hold, name: renamed(hold.name, rename), silence: renamedSilence(hold.silence, rename) };
}

function renamedSilence(silence: Silence, rename: Rename): Silence {
  return { ...silence, of: renamed(silence.of, rename) };
}

function renamed(name: GroupName, rename: Rename): GroupName {
  return Object.fromEntries(
    dimensions.flatMap((dimension) => {
      const text = name[dimension];
      return text === undefined ? [] : [[dimension, rename(dimension, text)]];
    }),
  );
}
