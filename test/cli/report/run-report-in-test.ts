import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command, CommandIo } from '../../../src/cli/command.ts';

/** The end of a command that ran in this process. */
export interface RanCommand {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The surroundings of a command in a test. */
interface Surroundings {
  /** A time, or a clock. */
  readonly now?: number | (() => number);
  readonly stdin?: string;
  /** The columns of a terminal; without them the output is a pipe. */
  readonly columns?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Run a command with streams in memory. @throws what the command throws */
export async function runCommand(
  command: Command,
  args: readonly string[],
  options: Readonly<Record<string, string | boolean>> = {},
  { now = Date.now(), stdin = '', columns, environment = {} }: Surroundings = {},
): Promise<RanCommand> {
  const terminal = columns === undefined ? { isTTY: false } : { isTTY: true, columns };
  const [stdout, stderr] = [Object.assign(new PassThrough(), terminal), Object.assign(new PassThrough(), terminal)];
  const defaults = Object.fromEntries(
    command.options.flatMap((option) => (option.default === undefined ? [] : [[option.name, option.default]])),
  );
  // The command uses no other members of these streams.
  const io = {
    stdin: Object.assign(Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]), { isTTY: false }),
    stdout,
    stderr,
    environment,
    now: typeof now === 'number' ? () => now : now,
  } as unknown as CommandIo;
  const written = Promise.all([text(stdout), text(stderr)]);
  const code = await command.run({ args, options: { ...defaults, ...options } }, io).finally(() => {
    stdout.end();
    stderr.end();
  });
  const [out, err] = await written;
  return { code, stdout: out, stderr: err };
}
