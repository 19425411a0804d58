import { randomUUID } from 'node:crypto';
import { describeDefect } from '../observe/defect.ts';
import type { Log } from '../observe/log.ts';

/** The exit code after an unexpected error (EX_SOFTWARE of sysexits.h). */
export const softwareErrorCode = 70;

/** The function that shuts the process down. Only the first call starts the shutdown; the largest exit code of all calls counts. */
export type Shutdown = (exitCode: number) => void;

/** Create the shutdown of a process: drain, write the log, exit. @param drain resolves with an exit code too */
export function createShutdown(log: Log, drain: () => Promise<number>): Shutdown {
  let exitCode: number | undefined;
  const finish = async (): Promise<void> => {
    const drainCode = await drain().catch(() => softwareErrorCode);
    await log.close();
    process.exit(Math.max(exitCode ?? 0, drainCode));
  };
  return (code) => {
    const hasStarted = exitCode !== undefined;
    exitCode = Math.max(exitCode ?? 0, code);
    if (!hasStarted) void finish();
  };
}

/**
 * Shut the process down on SIGTERM and SIGINT. A second signal exits at once with 1.
 * @param beforeExit called before the exit by a second signal
 */
export function shutDownOnSignals(shutDown: Shutdown, beforeExit?: () => void): void {
  let isShuttingDown = false;
  const onSignal = (): void => {
    if (isShuttingDown) {
      beforeExit?.();
      process.exit(1);
    }
    isShuttingDown = true;
    shutDown(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
}

/** Shut the process down after an unexpected error: its state is unknown, so it finishes running exchanges and accepts no new ones. */
export function shutDownOnDefects(log: Log, shutDown: Shutdown): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('unhandled error', { id: `err-${randomUUID()}`, event, ...describeDefect(error) });
      shutDown(softwareErrorCode);
    });
  }
}
