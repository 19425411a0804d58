import { randomUUID } from 'node:crypto';
import { describeDefect } from '../observe/defect.ts';
import type { Log } from '../observe/log.ts';

/** The exit code after an unexpected error (EX_SOFTWARE of sysexits.h). */
export const softwareErrorCode = 70;

/** Shuts the process down. Of several calls, only the first starts the shutdown, and the greatest exit code counts. */
export type Shutdown = (exitCode: number) => void;

/** Create the shutdown of a process: drain, which gives an exit code too, write the log out, exit. */
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
 * @param beforeExit is called before that exit
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

/** Shut the process down after an unexpected error: its state is unknown, so it finishes the running exchanges and accepts no new ones. */
export function shutDownOnDefects(log: Log, shutDown: Shutdown): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('unhandled error', { id: `err-${randomUUID()}`, event, ...describeDefect(error) });
      shutDown(softwareErrorCode);
    });
  }
}
