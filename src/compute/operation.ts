import type { Message } from '../schema/shapes.ts';
import type { Feed } from './feed.ts';

/** An operation of the legacy API, as data: all that its translation needs to know of it. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Whether the route is below a project, which is the rule, below a version, or the service's own. */
  readonly scope?: 'project' | 'version' | 'service';
  /** The path below the project; operations that share one and the method are told apart by their request's root. */
  readonly route: string;
  /** The path of the resource that it acts on, where a profile may have to read it beforehand. */
  readonly subject?: string;
  /** What it takes; without one, a body means nothing. */
  readonly request?: Message;
  /** What it answers; without one, nothing. */
  readonly answer?: Message;
  /** What it answers where the cloud's document has no such member. */
  readonly otherAnswer?: Message;
  /** The status of legacy Nova's answer. */
  readonly status: number;
  /** What Location names: the resource in the answer, or one that is being made, by the collection in which it will be. */
  readonly location?: 'self' | { readonly collection: string };
  /** Whether JSON callers get every member of the answer: what modern clients read too. */
  readonly isForAll?: boolean;
  /** The answer as an Atom feed, where legacy Nova had one. */
  readonly feed?: Feed;
  /** The answer's content where the cloud has no such resource. */
  readonly fallback?: unknown;
  /** Whether JSON on v2.1 is translated too: modern clouds took away what it carried. Else it is modern, and passes. */
  readonly isForModern?: boolean;
}
