/** A step of a translation, with its input prepared. */
export interface Stage {
  readonly name: string;
  readonly run: () => unknown;
}

/** The steps of the translation of one message. */
export interface Pipeline {
  readonly name: string;
  readonly stages: readonly Stage[];
}
