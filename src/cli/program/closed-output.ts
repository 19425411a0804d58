import type { CommandIo } from '../command.ts';

/** The exit code of a program whose reader has gone, as shells report one that SIGPIPE ended: 128 + 13. */
const closedPipeCode = 141;
/** The exit code if the output cannot be written, for example because the disk is full. */
const unwritableCode = 2;

/**
 * End the process if its output can be written no more. Node ignores SIGPIPE and throws an error with a stack instead. A
 * reader such as `head` that has enough is no error, and nothing is said; any other reason is named on stderr.
 */
export function endOnClosedOutput({ stdout, stderr }: Pick<CommandIo, 'stdout' | 'stderr'>): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(closedPipeCode);
    stderr.write(`The output cannot be written (${error.code ?? error.name}).\n`);
    process.exit(unwritableCode);
  });
  // Nothing can be said where stderr itself is closed.
  stderr.on('error', () => process.exit(closedPipeCode));
}
