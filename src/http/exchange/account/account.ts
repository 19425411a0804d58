import { createLane, type Lane } from './lane.ts';

/** The turns that are limited: of requests that are translated, of those that are forwarded, of calls of the Identity API, and of long answers that are rewritten. */
export type TurnKind = 'translated' | 'forwarded' | 'identity' | 'longAnswers';

/** The party that an exchange counts for when turns are shared: a project, a token without a project, or a client's network. */
export interface Account {
  /** The turns that its exchanges hold and wait for. */
  readonly lanes: Readonly<Record<TurnKind, Lane>>;
  /** The time at which its rate is used up no more, on the clock of `performance.now()`. */
  rateFreeAt: number;
}

/** Create an account that holds nothing. */
export function createAccount(): Account {
  return {
    lanes: {
      translated: createLane(),
      forwarded: createLane(),
      identity: createLane(),
      longAnswers: createLane(),
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
