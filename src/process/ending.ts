import { randomUUID } from 'node:crypto';
import { describeDefect } from '../observe/defect.ts';
import type { Log } from '../observe/log.ts';

/** The exit code after an error that nobody expected (sysexits: EX_SOFTWARE). */
export const defectCode = 70;

/** Ends the process with this code, or the greater one of those that it is called with. */
export type End = (code: number) => void;

/** How a process ends, once: it drains, which tells an exit code, too; its log is written out; it exits. */
export function createEnding(log: Log, drain: () => Promise<number>): End {
  let exitCode: number | undefined;
  const finish = async (): Promise<void> => {
    const code = await drain().catch(() => defectCode);
    await log.close();
    process.exit(Math.max(exitCode ?? 0, code));
  };
  return (code) => {
    const isEnding = exitCode !== undefined;
    exitCode = Math.max(exitCode ?? 0, code);
    if (!isEnding) void finish();
  };
}

/** SIGTERM and SIGINT end the process; twice at once, with 1, `atOnce` being called before. */
export function endOnSignals(end: End, atOnce?: () => void): void {
  let isAsked = false;
  const ask = (): void => {
    if (isAsked) {
      atOnce?.();
      process.exit(1);
    }
    isAsked = true;
    end(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, ask);
}

/** After an error that nobody expected nothing can be relied on: what runs is finished, and then it ends. */
export function endOnDefects(log: Log, end: End): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('unhandled error', { id: `err-${randomUUID()}`, event, ...describeDefect(error) });
      end(defectCode);
    });
  }
}
