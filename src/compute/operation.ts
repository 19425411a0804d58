import type { Message } from '../schema/shapes.ts';
import type { Feed } from './feed.ts';

/** An operation of the legacy API, as data: everything that its translation depends on. */
export interface Operation {
  /** The operation's name in logs, metrics, documents and the tables of profiles. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The place of the route: below a project (`/v2/{project}/...`, the default), below a version, or at the root of the service. */
  readonly scope?: 'project' | 'version' | 'service';
  /** The path below the scope. If several operations share a route and a method, the root of the request selects one. */
  readonly route: string;
  /** The path of the resource that the operation changes, for profiles that must read it before the change. */
  readonly subject?: string;
  /** The body of the request; undefined for an operation that ignores the body. */
  readonly request?: Message;
  /** The body of the answer; undefined for an answer without a body. */
  readonly answer?: Message;
  /** The body of the answer if the cloud's document is not that of `answer`. */
  readonly otherAnswer?: Message;
  /** The members of a document that clouds answer although legacy Nova answered none; they are ignored. */
  readonly ignoredAnswer?: readonly string[];
  /** The status of legacy Nova's answer. */
  readonly status: number;
  /** The other status that legacy Nova's answer could have; the answer has the cloud's. */
  readonly otherStatus?: number;
  /** The target of Location: the resource in the answer, or a new resource in a collection. */
  readonly location?: 'self' | { readonly collection: string };
  /** Keep every member of the answer for JSON callers, because modern clients read it too. */
  readonly isForAll?: boolean;
  /** The Atom feed form of the answer, if legacy Nova had one. */
  readonly feed?: Feed;
  /** The content of the answer if the cloud no longer has the resource. */
  readonly fallback?: unknown;
  /**
   * Translate JSON on v2.1 too, because modern clouds no longer accept a member of the request. Without it, JSON on v2.1 is
   * modern already and is forwarded.
   */
  readonly isForModern?: boolean;
}
