import { setTimeout as sleep } from 'node:timers/promises';
import { lastingOf, sumOf, type Figures, type PrimaryMetrics } from '../../observe/metrics.ts';
import type { Member } from './worker-handle.ts';

/** How long a worker may take to tell what it counted, in milliseconds; then what it told before counts. */
const countMs = 1000;

/** What all workers counted, those that have ended among them: no count ever falls. */
export interface Tally {
  /** The newest figures of a worker. */
  readonly note: (member: Member, figures: Figures) => void;
  /** A worker has ended; what it counted stays. */
  readonly keep: (member: Member) => void;
  /** Asks the workers, and prints the sum with the primary's own figures. */
  readonly text: () => Promise<string>;
}

/** A tally of nothing yet. */
export function createTally(own: Pick<PrimaryMetrics, 'figures'>, members: () => Iterable<Member>): Tally {
  const known = new Map<number, Figures>();
  const told = new Map<number, () => void>();
  let gone: Figures = [];
  // One after the other: each builds on the one before.
  let keeping = Promise.resolve();
  let asking: Promise<unknown> | undefined;

  const ask = async (member: Member): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    told.set(member.id, resolve);
    member.order({ kind: 'collect' });
    await Promise.race([promise, member.ended, sleep(countMs, undefined, { ref: false })]);
  };
  const keep = async ({ id }: Member): Promise<void> => {
    gone = await sumOf([gone, lastingOf(known.get(id) ?? [])]).figures();
    known.delete(id);
    told.delete(id);
  };
  return {
    note: ({ id }, figures) => {
      known.set(id, figures);
      told.get(id)?.();
    },
    keep: (member) => void (keeping = keeping.then(() => keep(member))),
    text: async () => {
      asking ??= Promise.all(Array.from(members(), ask)).finally(() => (asking = undefined));
      await asking;
      const mine = await own.figures();
      await keeping;
      return sumOf([mine, gone, ...known.values()]).text();
    },
  };
}
