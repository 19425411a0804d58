import type { Operation } from '../compute/operation.ts';
import type { Infer } from '../schema/shapes.ts';
import type { Microversion } from './microversion.ts';

/** What becomes of a member on the way to a kind of cloud. */
export type Treatment = Forward | Drop | Rewrite | Carry;

/** It goes on as it is, from the microversion `since` on and up to `until`; above, `beyond` says what becomes of it. */
export interface Forward {
  readonly kind: 'forward';
  readonly since?: Microversion;
  readonly until?: Microversion;
  readonly beyond?: Carry;
}

/** The cloud has nothing for it: it is left out, and noted. */
export interface Drop {
  readonly kind: 'drop';
  readonly because: string;
}

/** It goes on in a form that this cloud takes; noted if that changes it. */
export interface Rewrite {
  readonly kind: 'rewrite';
  readonly rewrite: (value: unknown) => unknown;
  readonly how: string;
}

/** It goes on inside another member, together with what is there already. */
export interface Carry {
  readonly kind: 'carry';
  readonly to: string;
  readonly since: Microversion;
  /** The member of the server, as the cloud shows it, that holds what is there already. */
  readonly present: string;
  /** What of the member can be carried at all. */
  readonly select: (value: unknown) => Selected;
  /** The carrying member's value. */
  readonly carry: (selected: unknown, load: Load) => unknown;
  readonly how: string;
}

/** What else the carrying member must hold: what the caller gave for it, and what the server has. */
export interface Load {
  readonly given: unknown;
  readonly present: unknown;
}

/** What is carried, undefined for nothing, and the paths of what is left behind. */
export interface Selected {
  readonly value: unknown;
  readonly left: readonly string[];
}

/** A treatment for each member of a message: one that is forgotten does not compile. */
export type MemberTable<Value> = { readonly [K in keyof Required<Value>]: Treatment };

/** What an operation's request holds, by its description. */
export type RequestOf<O extends Operation> = Infer<O['request']['content']>;

/** A kind of cloud: for each operation, what becomes of each member. */
export interface Profile {
  readonly name: string;
  readonly members: Readonly<Record<string, Readonly<Record<string, Treatment>>>>;
}
