import type { CommandIo } from '../command.ts';
import { runCommandLine } from './command-line.ts';
import { commands } from './commands.ts';
import { endOnClosedOutput } from './closed-output.ts';

/** Carry out a command line in this process. @returns the exit code */
export async function runCommands(args: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr, env: environment } = process;
  const io: CommandIo = { stdin, stdout, stderr, environment, now: Date.now };
  endOnClosedOutput(io);
  return runCommandLine(args, commands, io);
}
