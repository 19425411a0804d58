import type { CommandIo } from './command.ts';

/** Write a value as JSON, indented, with a line end. */
export function writeJson({ stdout }: Pick<CommandIo, 'stdout'>, value: unknown): void {
  stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** Check that a stream shows colours: it is a terminal that has some, and NO_COLOR is not set. */
export function hasColors({ stdout, environment }: Pick<CommandIo, 'stdout' | 'environment'>): boolean {
  const isRefused = (environment['NO_COLOR'] ?? '') !== '';
  return stdout.isTTY && !isRefused && stdout.hasColors(environment);
}

/** The width of texts off a terminal, and the largest on one, in columns: longer lines are hard to read. */
const mostColumns = 100;

/** Return the width that texts are wrapped to. */
export function textWidth({ stdout }: Pick<CommandIo, 'stdout'>): number {
  // Some terminals say that they have no columns.
  return stdout.isTTY ? Math.min(stdout.columns || mostColumns, mostColumns) : mostColumns;
}
