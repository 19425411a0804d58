/** The log fields of an unexpected error. */
export interface Defect {
  /** The name of the error's class. */
  readonly error: string;
  /** The frames of the stack. */
  readonly at: readonly string[];
}

/** Describe an error without its message, which may quote a secret of a request. */
export function describeDefect(error: unknown): Defect {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const stack = error.stack ?? '';
  // A line of the message may look like a frame, so only the text after the message counts.
  const start = stack.indexOf(error.message);
  // The stack contains the original message. If the message was changed later, it cannot be separated from the frames.
  const frames = start === -1 ? '' : stack.slice(start + error.message.length);
  return {
    error: error.name,
    at: frames
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('at ')),
  };
}
