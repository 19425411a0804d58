/** One step of a translated exchange, with its input made beforehand. */
export interface Stage {
  readonly name: string;
  readonly run: () => unknown;
}

/** The steps that one message goes through. */
export interface Pipeline {
  readonly name: string;
  readonly stages: readonly Stage[];
}
