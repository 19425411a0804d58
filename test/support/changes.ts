/** The changes of a state, so that a test can wait for a condition without polling. */
export interface Changes {
  /** Called after each change. */
  readonly changed: () => void;
  /** Resolves as soon as the condition holds, at once if it does already. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** Create the changes of a state. */
export function createChanges(): Changes {
  const watchers = new Set<() => void>();
  return {
    changed: () => watchers.forEach((watch) => watch()),
    until: (condition) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (!condition()) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
  };
}
