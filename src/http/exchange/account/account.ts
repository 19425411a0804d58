import { createGroup, createLane, type Lane, type LaneGroup } from './lane.ts';

/** The turns that are limited: of requests that are translated, of those that are forwarded, of calls of the Identity API, and of long answers that are rewritten. */
export type TurnKind = 'translated' | 'forwarded' | 'identity' | 'longAnswers';

/** The party that an exchange counts for when turns are shared: a project, a token without a project, or a client's network. */
export interface Account {
  /** The turns that its exchanges hold and wait for. */
  readonly lanes: Readonly<Record<TurnKind, Lane>>;
  /** The time at which its rate is used up no more, on the clock of `performance.now()`. */
  rateFreeAt: number;
}

/** The group of callers who have proven nothing yet, at each gate. */
export type Strangers = Readonly<Record<TurnKind, LaneGroup>>;

/** Create the group, which holds nothing. */
export function createStrangers(): Strangers {
  return { translated: createGroup(), forwarded: createGroup(), identity: createGroup(), longAnswers: createGroup() };
}

/** Create an account that holds nothing. @param strangers the group that it counts for, too */
export function createAccount(strangers?: Strangers): Account {
  return {
    lanes: {
      translated: createLane(strangers?.translated),
      forwarded: createLane(strangers?.forwarded),
      identity: createLane(strangers?.identity),
      longAnswers: createLane(strangers?.longAnswers),
    },
    rateFreeAt: 0,
  };
}

/** Check that an account holds or waits for turns, so that it must not be forgotten. */
export function isInUse({ lanes: { translated, forwarded, identity, longAnswers } }: Account): boolean {
  return isHeld(translated) || isHeld(forwarded) || isHeld(identity) || isHeld(longAnswers);
}

function isHeld({ taken, queue }: Lane): boolean {
  return taken > 0 || (queue !== undefined && queue.size > 0);
}
