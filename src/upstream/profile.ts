import type { Operation } from '../compute/operation.ts';
import type { DescribedOperation, OperationName } from '../compute/operations/operations.ts';
import type { Infer } from '../schema/infer.ts';
import type { Shape } from '../schema/shapes.ts';
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
  /** The end of the note's sentence: what was done to it. */
  readonly how: string;
}

/** It goes on inside another member, together with what is there already. */
export interface Carry {
  readonly kind: 'carry';
  readonly to: string;
  readonly since: Microversion;
  /** The member of the resource, as the cloud shows it, that holds what is there already; none for a new resource. */
  readonly present?: string;
  /** What of the member can be carried at all; `at` is its path, for faults. @throws {Fault} 400 for what no cloud could carry */
  readonly select: (value: unknown, at: string) => Selected;
  /** The carrying member's value. @throws {Fault} 413 for too much, 400 or 409 for what it cannot be joined to */
  readonly carry: (selected: unknown, load: Load) => unknown;
  /** The end of the note's sentence: how it is carried. */
  readonly how: string;
  /** The end of the note's sentence on what is left behind: why it is. */
  readonly leftBecause: string;
}

/** What else the carrying member must hold: what the caller gave for it, and what the server has. */
export interface Load {
  readonly given: unknown;
  readonly present: unknown;
  /** The path of the carrying member, for faults. */
  readonly at: string;
}

/** What is carried, undefined for nothing, and the paths below the member of what is left behind. */
export interface Selected {
  readonly value: unknown;
  readonly left: readonly string[];
}

type Content<O extends Operation> = O extends { readonly request: { readonly content: infer S extends Shape } }
  ? Infer<S>
  : never;

/** What becomes of the members of an operation: of a table that forgets a member the compiler says so. */
type MemberTable<O extends Operation> = { readonly [K in keyof Required<Content<O>>]: Treatment };

/** The treatments of an operation's members, by operation. An operation without a table is forwarded member by member. */
export type MemberTables = {
  readonly [Name in OperationName]?: MemberTable<Extract<DescribedOperation, { readonly name: Name }>>;
};

/** A kind of cloud. */
export interface Profile {
  readonly name: string;
  readonly members: MemberTables;
}

/** What becomes of the members of an operation. */
export function membersOf({ members }: Profile, { name }: Operation): Readonly<Record<string, Treatment>> {
  const tables: Readonly<Record<string, Readonly<Record<string, Treatment>>>> = members;
  return tables[name] ?? {};
}
