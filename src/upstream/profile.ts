import type { Operation } from '../compute/operation.ts';
import type { DescribedOperation, OperationName } from '../compute/operations/operations.ts';
import type { Infer } from '../schema/infer.ts';
import type { Shape } from '../schema/shapes.ts';
import type { ignoredUnaided, Unaided } from '../schema/unaided.ts';
import type { Microversion } from './microversion.ts';

/** The treatment of a member on its way to a kind of cloud. */
export type Treatment = Forward | Drop | Rewrite | Carry | Ineffective;

/** The treatment that forwards the member unchanged. */
export interface Forward {
  readonly kind: 'forward';
  /** The first microversion that accepts the member; the request is sent with it or a later one. Below, clouds refuse it, or ignore it on v2. */
  readonly since?: Microversion;
  /** The last microversion that accepts the member. */
  readonly until?: Microversion;
  /** The treatment above `until`. Without it, the member is still forwarded, and the cloud refuses it. */
  readonly beyond?: Carry;
  /** Check a value that is sent in its own place, not inside another member. @throws {Fault} 413 for a value that is too large */
  readonly check?: (value: unknown) => void;
}

/** The treatment that forwards the member, with a note, although the cloud accepts it without any effect. */
export interface Ineffective {
  readonly kind: 'ineffective';
  /** The verdict of the cloud on the member: the caller gets no more from the gateway than from the cloud. */
  readonly unaided: typeof ignoredUnaided;
  /** The end of the note's sentence: the reason. */
  readonly because: string;
}

/** The treatment that drops the member, with a note, because the cloud has no equivalent. */
export interface Drop {
  readonly kind: 'drop';
  /** The verdict of the cloud on the member, or on its empty value. */
  readonly unaided: Unaided;
  /** Drop the member only if it is an empty text or null; another value is forwarded. */
  readonly ifEmpty?: boolean;
  /** The end of the note's sentence: the reason. */
  readonly because: string;
}

/** The treatment that forwards the member in a form that the cloud accepts, with a note if the value changes. */
export interface Rewrite {
  readonly kind: 'rewrite';
  /** The verdict of the cloud on a value that would be rewritten. */
  readonly unaided: Unaided;
  /** Compute the value that is sent; undefined drops the member. */
  readonly rewrite: (value: unknown) => unknown;
  /** The end of the note's sentence: the change. */
  readonly how: string;
}

/** The treatment that sends the member inside another member, joined to the existing value of that member. */
export interface Carry {
  readonly kind: 'carry';
  /** The verdict of the cloud on the member in its own place. */
  readonly unaided: Unaided;
  /** The other member. */
  readonly to: string;
  /** The first microversion that accepts the other member. */
  readonly since: Microversion;
  /** The member of the resource at the cloud that has the other member's current value; undefined for a new resource. */
  readonly present?: string;
  /**
   * Select the part of the value that can be carried.
   * @param at the path of the member, for faults
   * @throws {Fault} 400 for a value that cannot be carried to any cloud
   */
  readonly select: (value: unknown, at: string) => Selected;
  /**
   * Make the new value of the other member.
   * @throws {Fault} 413 for a value that is too large, 400 or 409 for existing values that cannot be joined
   */
  readonly carry: (selected: unknown, existing: ExistingValues) => unknown;
  /** The end of the note's sentence: how the member is carried. */
  readonly how: string;
  /** The end of the note's sentence about an omitted part: the reason. */
  readonly omittedBecause: string;
}

/** The existing values of the other member of a `Carry`. */
export interface ExistingValues {
  /** The value in the caller's request; undefined for none. */
  readonly given: unknown;
  /** The value of the resource at the cloud; undefined for none. */
  readonly present: unknown;
  /** The path of the other member, for faults. */
  readonly at: string;
}

/** The part of a value that can be carried, and the rest. */
export interface Selected {
  /** The part to carry; undefined if nothing can be carried. */
  readonly value: unknown;
  /** The paths, below the member, of the omitted parts. */
  readonly omitted: readonly string[];
}

type Content<O extends Operation> = O extends { readonly request: { readonly content: infer S extends Shape } }
  ? Infer<S>
  : never;

/** The treatment of every member of an operation's request. A table without a treatment for a member does not compile. */
type MemberTable<O extends Operation> = { readonly [K in keyof Required<Content<O>>]: Treatment };

/** The treatments of an operation's members, by operation. An operation without a table is forwarded member by member. */
export type MemberTables = {
  readonly [Name in OperationName]?: MemberTable<Extract<DescribedOperation, { readonly name: Name }>>;
};

/** A kind of cloud: its name in settings and metrics, and its treatments. */
export interface Profile {
  readonly name: string;
  readonly members: MemberTables;
}

/** Look up the treatments of an operation's members; an empty table for an operation without one. */
export function membersOf({ members }: Profile, { name }: Operation): Readonly<Record<string, Treatment>> {
  const tables: Readonly<Record<string, Readonly<Record<string, Treatment>>>> = members;
  return tables[name] ?? {};
}
