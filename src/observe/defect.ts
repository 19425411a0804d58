/** What the log tells of an error that nobody expected. */
export interface Defect {
  readonly error: string;
  /** Where it was thrown. */
  readonly at: readonly string[];
}

/** An error without its message, which may quote a request. */
export function describeDefect(error: unknown): Defect {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const stack = error.stack ?? '';
  // The message may have lines that look like frames: the frames are what comes after it.
  const start = stack.indexOf(error.message);
  // A message that was changed later is not in it, and the one before cannot be told from the frames.
  const frames = start === -1 ? '' : stack.slice(start + error.message.length);
  return {
    error: error.name,
    at: frames
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('at ')),
  };
}
