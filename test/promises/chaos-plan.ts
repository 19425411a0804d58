import { callOf, type ChaosCall } from './chaos-call.ts';
import { randomOf, type Random } from './random.ts';

/** How often the cloud does what with a request of which it knows the mark. */
const behaviours = {
  // It works.
  ok: 20,
  'ok in chunks': 5,
  'ok until close': 3,
  'ok and closes': 3,
  'ok in a trickle': 2,
  'ok after interim answers': 3,
  'refuses with 409': 3,
  'fails with a page': 2,
  // It works, and its connection ends about when it is used again.
  'ok, then closes soon': 6,
  'ok, then resets soon': 4,
  'ok, then closes at its next use': 5,
  'ok, then resets at its next use': 5,
  // It breaks while it is asked.
  'closes at the head': 2,
  'resets at the head': 2,
  'closes in the body': 2,
  'resets in the body': 2,
  // It breaks when it has been asked.
  'closes unanswered': 3,
  'resets unanswered': 3,
  'is silent': 1,
  'closes in the head of its answer': 3,
  'resets in the head of its answer': 3,
  'is silent in the head of its answer': 1,
  'closes in the body of its answer': 5,
  'resets in the body of its answer': 3,
  'is silent in the body of its answer': 1,
  'closes in a chunk': 3,
  'closes before its end': 2,
  'answers rubbish': 2,
  'answers a rubbish chunk': 2,
  'answers 100 first': 2,
  'answers 103 and closes': 2,
  'answers early': 3,
  'answers early and closes': 2,
  'answers twice': 2,
  'promises too much and closes': 2,
  'promises too much and is silent': 1,
  'promises too little': 2,
  'trickles its head for too long': 0.3,
  'trickles its body for ever': 0.3,
} as const;

export type Behaviour = keyof typeof behaviours;

/** The fates of a connection to the cloud, whatever its requests are, with their weights. */
const fates = {
  stays: 88,
  'resets at once': 2,
  'closes at once': 2,
  'reads nothing': 1,
  'resets after some bytes': 4,
  'closes after some bytes': 3,
} as const;

export type Fate = keyof typeof fates;

/** The moments at which a caller hangs up, with their weights. */
const hangUps = { never: 85, 'in its request': 5, 'after its request': 5, 'in the answer': 5 } as const;

export type HangUp = keyof typeof hangUps;

/** The decisions about an exchange, made before it begins. */
export interface Plan {
  readonly number: number;
  readonly call: ChaosCall;
  readonly behaviour: Behaviour;
  readonly hangUp: HangUp;
  /** The place or the delay at which a caller hangs up, as a part from 0 to 1. */
  readonly hangUpAt: number;
  readonly hangsUpByReset: boolean;
  /** The number of pieces in which the request is written. */
  readonly pieces: number;
  readonly isLast: boolean;
  /** True if the cloud refuses connections for a moment when this exchange begins. */
  readonly refuses: boolean;
}

/** Plan an exchange. */
export function planOf(seed: number, number: number): Plan {
  const random = randomOf(seed, number);
  const call = callOf(number, random);
  return {
    number,
    call,
    behaviour: random.weighed(behaviours),
    hangUp: random.weighed(hangUps),
    hangUpAt: random.next(),
    hangsUpByReset: random.next() < 0.5,
    pieces: random.next() < 0.7 ? 1 : random.between(2, 5),
    isLast: random.next() < 0.2,
    refuses: random.next() < 0.01,
  };
}

/** Choose the fate of a connection by its number. */
export function fateOf(seed: number, connection: number): { fate: Fate; after: number; random: Random } {
  const random = randomOf(seed, connection, 1);
  return { fate: random.weighed(fates), after: random.between(1, 900), random };
}
