/** An option of a command. Its value is a text, a list of texts, or true for a flag. */
export interface CommandOption {
  /** The name without dashes. */
  readonly name: string;
  /** The single letter without a dash. */
  readonly short?: string;
  /** The name of the value in the help, such as FILE; undefined for a flag. */
  readonly value?: string;
  /** The only values that are allowed. */
  readonly choices?: readonly string[];
  readonly help: string;
  readonly default?: string;
}

/** An exit code of a command, besides 0 for success and 2 for a command line or settings that cannot be used. */
export interface ExitCode {
  readonly code: number;
  readonly meaning: string;
}

/** The surroundings of a command, so that tests can replace them. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  /** The time in milliseconds of Unix time. */
  readonly now: () => number;
}

/** The values of a command line. */
export interface CommandValues {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** A command of the command line: its help, and what it does. */
export interface Command {
  /** The words that choose it, such as `ledger forget`. */
  readonly name: string;
  /** The arguments in the help, such as `[FILE...]`; '' for none. */
  readonly args: string;
  /** One sentence, of at most 60 characters: the help of the whole has one line for each command. */
  readonly summary: string;
  readonly options: readonly CommandOption[];
  readonly exitCodes: readonly ExitCode[];
  /** One or more lines to try. */
  readonly examples: readonly string[];
  /** Carry it out. @returns the exit code @throws {UsageError} for arguments that cannot be used */
  readonly run: (values: CommandValues, io: CommandIo) => Promise<number>;
}

/** The error of a command line or a file that the operator can correct; its message says how. The exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
