import type { Fault } from '../../../fault.ts';

/** The function that frees the turn of an exchange; it is called once. */
export type Release = () => void;

/** An exchange that waits for a turn. */
export interface Waiter {
  readonly pass: (release: Release) => void;
  readonly refuse: (fault: Fault) => void;
  /** Make the fault for an exchange whose account has its share. @param why the end of a sentence that starts with `The project` */
  readonly overLimit: (why: string) => Fault;
}

/** The exchanges of a lane that wait, in the order of their arrival; a LinkedSet. */
interface Queue {
  readonly size: number;
  first(): Waiter | undefined;
  last(): Waiter | undefined;
  add(waiter: Waiter): () => boolean;
}

/** The turns of several accounts together at one gate: those of callers whose tokens the cloud has not accepted yet. */
export interface LaneGroup {
  /** The number of turns that they hold. */
  taken: number;
  /** The number of their exchanges that wait. */
  waiting: number;
}

/** The turns of one account at one gate. */
export interface Lane {
  /** The group that the lane counts for, too. */
  readonly group: LaneGroup | undefined;
  /** The number of turns that it holds. */
  taken: number;
  /** The queue of the exchanges that wait; undefined until one has to. */
  queue: Queue | undefined;
  /** The function that removes the lane from those that wait; undefined if it does not wait. */
  leaveWaiting: (() => void) | undefined;
  /** The function that removes the lane from those that may take the next turn; undefined if it may not. */
  leaveReady: (() => void) | undefined;
}

/** Create a group that holds nothing. */
export function createGroup(): LaneGroup {
  return { taken: 0, waiting: 0 };
}

/** Create a lane that holds nothing. Most lanes never have to wait, so the queue is created later. */
export function createLane(group?: LaneGroup): Lane {
  return { group, taken: 0, queue: undefined, leaveWaiting: undefined, leaveReady: undefined };
}
