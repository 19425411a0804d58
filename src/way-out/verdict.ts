import { dayNumberOf, dayMs } from '../ledger/days.ts';
import type { Coverage } from './data-gaps.ts';
import type { KnownKey } from './known-keys.ts';
import { isProven, type Proofs } from './proof.ts';
import type { GroupName } from './groups.ts';
import { silencesBy, waitedFrom, type Silence, type SilentGroup } from './silence.ts';
import { monthlyWaitDays } from './wait.ts';

/** A reason for which the gateway cannot be switched off yet. Days are numbers from 1970-01-01; from `overOn` on it holds no more. */
export type Hold =
  | CallerHold
  /** Somebody may have called on days without data. */
  | { readonly kind: 'without-data'; readonly first: number; readonly last: number; readonly overOn: number }
  /** The data do not go back for long enough. */
  | { readonly kind: 'young'; readonly since: number; readonly overOn: number }
  /** The retirement file refused a call; its client may be unknown. */
  | { readonly kind: 'refused'; readonly last: number; readonly overOn: number }
  /** No brownout has proved that nobody is left. */
  | { readonly kind: 'no-brownout'; readonly after: number; readonly overOn: undefined };

/** Callers that may come again. */
export interface CallerHold {
  /** `active`: they may be between two of their usual calls. */
  readonly kind: 'active' | 'silence';
  /** A project; without a member for clients that may have several. */
  readonly name: GroupName;
  readonly lastDay: number;
  /** The silence that lasts longest among those of their groups. */
  readonly silence: Silence;
  readonly overOn: number;
}

/** The judgment on the whole: silence alone never makes it safe. */
export interface Verdict {
  readonly kind: 'no-data' | 'needed' | 'waiting' | 'announce' | 'safe';
  /** The reasons that hold it back; the one that holds longest comes first. */
  readonly holds: readonly Hold[];
  /** The first day on which nothing but a brownout can be missing, if nobody calls until then. */
  readonly earliest: number | undefined;
}

/** The evidence for a verdict. Times are in milliseconds of Unix time. */
export interface Evidence {
  /** The keys that need the gateway. */
  readonly needing: readonly KnownKey[];
  /** The last time at which a call of any key may have been refused. */
  readonly lastRefused: number;
  readonly coverage: Coverage;
  readonly proofs: Proofs;
  readonly now: number;
}

/** Judge if the gateway can be switched off. */
export function verdictOf(evidence: Evidence): Verdict {
  const { coverage, proofs, now } = evidence;
  if (coverage.since === undefined) return { kind: 'no-data', holds: [], earliest: undefined };
  const today = dayNumberOf(now);
  const all = [...ofCalls(evidence, today), ...ofUnknown(evidence)].toSorted((a, b) => b.overOn - a.overOn);
  const earliest = Math.max(today, all[0]?.overOn ?? today);
  const open: Hold[] = all.filter(({ kind, overOn }) => kind === 'active' || overOn > today);
  const after = lastPossible(evidence);
  if (!isProven(after, proofs)) open.push({ kind: 'no-brownout', after, overOn: undefined });
  return { kind: kindOf(open), holds: open, earliest };
}

function kindOf([first, ...others]: readonly Hold[]): Verdict['kind'] {
  if (first === undefined) return 'safe';
  if ([first, ...others].some(({ kind }) => kind === 'active')) return 'needed';
  return first.kind === 'no-brownout' ? 'announce' : 'waiting';
}

/** A hold that ends by waiting. */
type WaitingHold = Extract<Hold, { readonly overOn: number }>;

/** List the projects that may call again. A client may have several projects: it shows itself in their calls together. */
function ofCalls({ needing, coverage: { gaps } }: Evidence, today: number): readonly CallerHold[] {
  const projects = silencesBy(['project'], needing, gaps, today).map(holdOf);
  const together = silencesBy([], needing, gaps, today).map(holdOf);
  const latest = projects.reduce((most, { overOn }) => Math.max(most, overOn), -Infinity);
  return [...together.filter(({ overOn }) => overOn > latest), ...projects];
}

function holdOf({ group, silence, isActive }: SilentGroup): CallerHold {
  const { name, rhythm } = group;
  return { kind: isActive ? 'active' : 'silence', name, lastDay: rhythm.last, silence, overOn: silence.overOn };
}

/** List what hides clients of which nothing is known: they may come once a month. */
function ofUnknown({ coverage: { since = 0, gaps }, lastRefused }: Evidence): readonly WaitingHold[] {
  const after = (day: number): number => waitedFrom(day, monthlyWaitDays, gaps).overOn;
  return [
    { kind: 'young', since, overOn: after(dayNumberOf(since)) },
    ...gaps.map(({ first, last }) => ({ kind: 'without-data' as const, first, last, overOn: after(last) })),
    ...(lastRefused > 0
      ? [{ kind: 'refused' as const, last: lastRefused, overOn: after(dayNumberOf(lastRefused)) }]
      : []),
  ];
}

/** Return the last time at which a client may have needed the gateway: a brownout before it proves nothing. */
function lastPossible({ needing, lastRefused, coverage: { since = 0, gaps } }: Evidence): number {
  const ends = gaps.map(({ last }) => (last + 1) * dayMs - 1);
  const calls = needing.map((key) => key.last);
  return [lastRefused, since, ...ends, ...calls].reduce((latest, time) => Math.max(latest, time));
}
