import type { Message, RecordShape } from '../schema/shapes.ts';

/** An operation of the legacy API, as data: all that its translation needs to know of it. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path below the project; operations that share one and the method are told apart by their request's root. */
  readonly route: string;
  /** The path of the resource that it acts on. */
  readonly subject: string;
  readonly request: Message<RecordShape>;
  readonly answer: Message<RecordShape>;
  /** The status of legacy Nova's answer. */
  readonly status: number;
}
