/** An unexpected error as the log shows it. */
export interface Defect {
  /** The name of the error's class. */
  readonly error: string;
  /** The frames of the stack. */
  readonly at: readonly string[];
}

/** Describe an error without its message, which may quote a request and so a secret. */
export function describeDefect(error: unknown): Defect {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const stack = error.stack ?? '';
  // Lines of the message may look like frames, so only what follows the message counts.
  const start = stack.indexOf(error.message);
  // The stack keeps the message that the error was created with. If it was changed since, it cannot be separated from the frames.
  const frames = start === -1 ? '' : stack.slice(start + error.message.length);
  return {
    error: error.name,
    at: frames
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('at ')),
  };
}
