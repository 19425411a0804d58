import type { LinkBase } from '../../../upstream/links.ts';
import type { Note } from '../../../upstream/note.ts';
import type { FormChoice } from '../document/form.ts';

/** A document of the cloud that a thread reads, and writes for the caller. It consists of data that can be sent to a thread. */
export type DocumentJob = DescribedJob | GenericJob;

/** The document of an operation. */
export interface DescribedJob {
  readonly kind: 'described';
  /** The name of the operation. */
  readonly operation: string;
  readonly form: FormChoice;
  /** The members that the answer lacks and the caller needs, as JSON, because a copy of a number would lose its digits; '' for none. */
  readonly restored: string;
}

/** A document that nothing describes. */
export interface GenericJob {
  readonly kind: 'generic';
  readonly links: LinkBase;
}

/** The written document. */
export interface WrittenApart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly notes: readonly Note[];
  /** The self link of the resource; undefined for none. */
  readonly self: string | undefined;
}

/** The message to a thread. */
export interface JobMessage {
  readonly job: DocumentJob;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The message of a thread: undefined for a body that is not the expected document. */
export interface ResultMessage {
  readonly written: WrittenApart | undefined;
}
