import { Fault } from '../../../fault.ts';
import type { ExchangeEnd } from '../end.ts';
import { firstOutcome } from '../first-outcome.ts';
import { LinkedSet } from '../linked-set.ts';
import type { Account, TurnKind } from '../account/account.ts';
import type { Lane, Release, Waiter } from '../account/lane.ts';
import { overLimit } from './over-limit.ts';

/** The parts of an exchange that a gate needs. */
export interface Sharer {
  readonly account: Account;
  readonly end: ExchangeEnd;
  /** The version in the path, by which the fault of a share differs. */
  readonly facts: { readonly version: string | undefined };
}

/** A semaphore whose turns are shared fairly among accounts, with a queue whose length and waiting time are limited. */
export interface Gate {
  readonly limits: GateLimits;
  /** The number of turns that are held, and of exchanges that wait. */
  readonly usage: () => { readonly taken: number; readonly waiting: number };
  /** Acquire a free turn; undefined if there is none for the account. It saves most requests the cost of a promise. */
  tryAcquire(account: Account): Release | undefined;
  /**
   * Wait for a turn. Accounts that wait get freed turns one after the other, and the exchanges of each in their order.
   * @throws {Fault} 413 or 429 with Retry-After if the account has its share; 503 with Retry-After if the queue is full or the
   *   wait is too long; 499 if the exchange ends first
   */
  acquire(sharer: Sharer): Promise<Release>;
  /** Use other limits from now on. Turns that are held stay; exchanges that wait may pass at once. */
  adjust(limits: GateLimits): void;
}

/** The limits of a gate: its turns, the length of its queue, and the longest wait there in milliseconds. */
export interface GateLimits {
  readonly kind: TurnKind;
  readonly max: number;
  readonly maxWaiting: number;
  readonly waitMs: number;
  /** The part of the turns, and of the places in the queue, that one account may hold. */
  readonly share: Share;
  /** The same for all callers together who have proven nothing yet; undefined for no limit. */
  readonly strangers?: Share;
}

/** The largest numbers of turns and of places in the queue for one account. */
export interface Share {
  readonly max: number;
  readonly maxWaiting: number;
}

/** Create a gate with `max` turns and a queue. */
export function createGate(given: GateLimits): Gate {
  let limits = given;
  const { kind } = given;
  const turns = new Turns(given);
  const tryAcquire = ({ lanes }: Account): Release | undefined => turns.take(lanes[kind]);
  const acquire = ({ account, end, facts: { version } }: Sharer): Promise<Release> => {
    const lane = account.lanes[kind];
    const { max, maxWaiting, waitMs, share, strangers } = limits;
    // With a share of everything it is the gateway that is overloaded.
    const isOwnLimit = share.max < max;
    const onTimeout = ({ reject }: { reject: (fault: Fault) => void }): void =>
      reject(
        isOwnLimit && lane.taken >= share.max
          ? overLimit(version, turnsAreHeld)
          : busy('the wait in the queue was too long'),
      );
    return firstOutcome<Release>({ end, timeoutMs: waitMs, onTimeout }, ({ resolve, reject }) => {
      const release = turns.take(lane);
      const waiter = { pass: resolve, refuse: reject, overLimit: (why: string) => overLimit(version, why) };
      if (release !== undefined) resolve(release);
      else if (turns.waiting >= maxWaiting && !turns.makeRoom(lane)) reject(busy('the queue is full'));
      else if (isGroupFull(lane, strangers)) reject(busy('too many callers wait whose tokens are not known'));
      else if (lengthOf(lane) >= share.maxWaiting) reject(waiter.overLimit(placesAreHeld));
      else return turns.wait(lane, waiter);
      return () => undefined;
    });
  };
  const adjust = (next: GateLimits): void => {
    limits = next;
    turns.adjust(next);
  };
  return {
    get limits() {
      return limits;
    },
    usage: () => ({ taken: turns.taken, waiting: turns.waiting }),
    tryAcquire,
    acquire,
    adjust,
  };
}

const turnsAreHeld = 'has too many requests in progress';
const placesAreHeld = 'has too many requests in progress, and too many that wait';

/** Check that the group of a lane has its share of the queue. */
function isGroupFull({ group }: Lane, strangers: Share | undefined): boolean {
  return group !== undefined && strangers !== undefined && group.waiting >= strangers.maxWaiting;
}

/**
 * The turns of a gate. A lane that waits is ready while it holds less than its share. As long as a turn is free no lane is
 * ready, so that nobody overtakes the queue; only a group that has its share leaves turns to others while its lanes are ready.
 */
class Turns {
  taken = 0;
  waiting = 0;
  #max: number;
  #maxOfLane: number;
  #maxOfGroup: number;
  readonly #waiting = new LinkedSet<Lane>();
  readonly #ready = new LinkedSet<Lane>();

  constructor({ max, share, strangers }: GateLimits) {
    this.#max = max;
    this.#maxOfLane = share.max;
    this.#maxOfGroup = strangers?.max ?? Infinity;
  }

  /** Take a free turn; undefined if there is none, or if the lane or its group has its share. */
  take(lane: Lane): Release | undefined {
    if (this.taken >= this.#max || lane.taken >= this.#maxOfLane || this.#isHeldBack(lane)) return undefined;
    this.taken += 1;
    lane.taken += 1;
    if (lane.group !== undefined) lane.group.taken += 1;
    return () => this.#release(lane);
  }

  /** Let an exchange wait at the end of its lane. @returns the function that removes it */
  wait(lane: Lane, waiter: Waiter): () => void {
    lane.queue ??= new LinkedSet();
    const leave = lane.queue.add(waiter);
    this.waiting += 1;
    if (lane.group !== undefined) lane.group.waiting += 1;
    lane.leaveWaiting ??= this.#waiting.add(lane);
    this.#makeReady(lane);
    return () => {
      if (!leave()) return;
      this.waiting -= 1;
      if (lane.group !== undefined) lane.group.waiting -= 1;
      if (lane.queue?.size !== 0) return;
      lane.leaveWaiting?.();
      lane.leaveWaiting = undefined;
      leaveReady(lane);
    };
  }

  /**
   * Make room in a full queue for a lane: refuse the newest exchange of the longest lane, if that is longer by two at least.
   * Otherwise the account that fills the queue first would keep all of it.
   */
  makeRoom(lane: Lane): boolean {
    const longest = this.#waiting.values().reduce<Lane | undefined>(longer, undefined);
    if (lengthOf(longest) <= lengthOf(lane) + 1) return false;
    const last = longest?.queue?.last();
    last?.refuse(last.overLimit(placesAreHeld));
    return last !== undefined;
  }

  /** Use other limits, and pass the turns that become free by them. */
  adjust({ max, share, strangers }: GateLimits): void {
    this.#max = max;
    this.#maxOfLane = share.max;
    this.#maxOfGroup = strangers?.max ?? Infinity;
    for (const lane of this.#waiting.values()) {
      if (lane.taken >= share.max) leaveReady(lane);
      this.#makeReady(lane);
    }
    while (this.#passTurn());
  }

  #release(lane: Lane): void {
    this.taken -= 1;
    lane.taken -= 1;
    if (lane.group !== undefined) lane.group.taken -= 1;
    this.#makeReady(lane);
    this.#passTurn();
  }

  /** Pass a free turn to the lane that is ready for longest. @returns false if no turn is free, or no lane is ready */
  #passTurn(): boolean {
    const next = this.#nextReady();
    // After a reload with a lower limit more turns may be held than there are.
    if (next === undefined || this.taken >= this.#max) return false;
    leaveReady(next);
    const first = next.queue?.first();
    const release = this.take(next);
    if (first === undefined || release === undefined)
      throw new TypeError('a ready lane has nobody who waits, or its share');
    first.pass(release);
    this.#makeReady(next);
    return true;
  }

  /** Find the lane that is ready for longest, but those of a group that has its share. */
  #nextReady(): Lane | undefined {
    const first = this.#ready.first();
    if (first === undefined || !this.#isHeldBack(first)) return first;
    return this.#ready.values().find((lane) => !this.#isHeldBack(lane));
  }

  /** Check that the group of a lane has its share. */
  #isHeldBack({ group }: Lane): boolean {
    return group !== undefined && group.taken >= this.#maxOfGroup;
  }

  #makeReady(lane: Lane): void {
    if (lengthOf(lane) > 0 && lane.taken < this.#maxOfLane) lane.leaveReady ??= this.#ready.add(lane);
  }
}

function leaveReady(lane: Lane): void {
  lane.leaveReady?.();
  lane.leaveReady = undefined;
}

function longer(one: Lane | undefined, other: Lane): Lane {
  return one !== undefined && lengthOf(one) >= lengthOf(other) ? one : other;
}

function lengthOf(lane: Lane | undefined): number {
  return lane?.queue?.size ?? 0;
}

function busy(why: string): Fault {
  return Fault.busy(`is overloaded: ${why}`);
}
