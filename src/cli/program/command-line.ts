import { Command as Program, CommanderError, Option } from 'commander';
import { UsageError, type Command, type CommandIo, type CommandOption, type CommandValues } from '../command.ts';
import { commandHelp, groupHelp, wholeHelp } from '../help-text.ts';
import { programName } from '../program-name.ts';

/** The exit code for a command line, settings or files that cannot be used. */
const usageCode = 2;

/**
 * Carry out a command line.
 * @param args its words and options, without node and the script
 * @returns the exit code. It never fails for an error of the operator: the error is explained on stderr
 */
export async function runCommandLine(
  args: readonly string[],
  commands: readonly Command[],
  io: CommandIo,
): Promise<number> {
  const state = { code: 0 };
  try {
    await programOf(commands, io, state).parseAsync([...helpAsOption(args, commands)], { from: 'user' });
    return state.code;
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.helpDisplayed') return 0;
    const isGroup = error instanceof CommanderError && error.code === 'commander.help';
    // The help of a group, such as `ledger`, has been written already.
    if (isGroup) return usageCode;
    const message = explanationOf(error, args, commands);
    if (message === undefined) throw error;
    io.stderr.write(`${message}\n`);
    return usageCode;
  }
}

/** Turn `help`, `help WORD` and `help WORD WORD` into `--help` behind the words. Words that are no command stay, to be refused. */
function helpAsOption(args: readonly string[], commands: readonly Command[]): readonly string[] {
  const [first, ...rest] = args;
  if (first !== 'help') return args;
  return wordsOf(rest, commands).length === rest.length ? [...rest, '--help'] : rest;
}

/** Build the program. A command of two words is below a group, which only has a help. */
function programOf(commands: readonly Command[], io: CommandIo, state: { code: number }): Program {
  const columns = io.stdout.isTTY ? io.stdout.columns : undefined;
  const root = configured(new Program(programName), io, () => wholeHelp(commands, columns));
  const groups = new Map<string, Program>();
  for (const command of commands) {
    const words = command.name.split(' ');
    const name = words.pop() ?? '';
    const [group] = words;
    const parent = group === undefined ? root : (groups.get(group) ?? createGroup(group));
    const program = configured(parent.command(name), io, () => commandHelp(command, columns));
    addInputs(program, command);
    program.action(async () => {
      state.code = await command.run(valuesOf(program), io);
    });
  }
  return root;

  function createGroup(group: string): Program {
    const below = commands.filter(({ name }) => name.startsWith(`${group} `));
    const created = configured(root.command(group), io, () => groupHelp(group, below, columns));
    groups.set(group, created);
    return created;
  }
}

function configured(program: Program, io: CommandIo, help: () => string): Program {
  return program
    .exitOverride()
    .helpCommand(false)
    .helpOption('-h, --help')
    .showSuggestionAfterError()
    .configureHelp({ formatHelp: help })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // Commander repeats arguments in its messages; explanationOf() writes others.
      outputError: () => undefined,
    });
}

function addInputs(program: Program, { args, options }: Command): void {
  for (const argument of args.split(' ').filter((word) => word !== '')) program.argument(argument);
  for (const option of options) program.addOption(optionOf(option));
}

function optionOf({ name, short, value, choices, help, default: fallback }: CommandOption): Option {
  const long = value === undefined ? `--${name}` : `--${name} <${value}>`;
  const option = new Option(short === undefined ? long : `-${short}, ${long}`, help);
  if (choices !== undefined) option.choices(choices);
  if (fallback !== undefined) option.default(fallback);
  return option;
}

/** Return the values by the names of the options, which commander writes in camel case. */
function valuesOf(program: Program): CommandValues {
  const given: Readonly<Record<string, unknown>> = program.opts();
  const options = program.options.map((option) => {
    const value = given[option.attributeName()];
    return [option.name(), typeof value === 'string' || typeof value === 'boolean' ? value : undefined] as const;
  });
  return { args: program.args, options: Object.fromEntries(options) };
}

/** Explain an error of the operator; undefined for a defect. No argument is repeated, because it may be a secret. */
function explanationOf(error: unknown, args: readonly string[], commands: readonly Command[]): string | undefined {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof CommanderError)) return undefined;
  const [, suggestion] = /\n\(Did you mean (.*)\?\)$/.exec(error.message) ?? [];
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  const usage = ` See: ${[programName, ...wordsOf(args, commands)].join(' ')} --help`;
  return (messages[error.code]?.(error.message) ?? 'The command line cannot be read.') + hint + usage;
}

/** The sentence for each error of commander, by its code. Its own message is given for the names of options in it. */
const messages: Readonly<Record<string, (message: string) => string>> = {
  'commander.unknownCommand': () => 'There is no such command.',
  'commander.unknownOption': (message) => `${unknownOption(message)} is not an option of this command.`,
  'commander.excessArguments': () => 'There are more arguments than this command has.',
  'commander.missingArgument': (message) =>
    `The argument ${/'([^']*)'/.exec(message)?.[1]?.toUpperCase() ?? ''} is missing.`,
  'commander.optionMissingArgument': (message) => `The option ${optionNamed(message)} needs a value.`,
  'commander.invalidArgument': (message) => {
    const [, choices] = /Allowed choices are (.*)\.$/.exec(message) ?? [];
    return `The value of ${optionNamed(message)} is not allowed${choices === undefined ? '' : `: it is one of ${choices}`}.`;
  },
};

/** Name an option without a value behind it: `--token=SECRET` is --token, and `-pSECRET` is -p. */
function unknownOption(message: string): string {
  return /'(--[a-z][a-z-]{0,30}|-\w)/i.exec(message)?.[1] ?? 'That';
}

function optionNamed(message: string): string {
  return /'(?:-\w, )?(--[a-z-]+)/.exec(message)?.[1] ?? '';
}

/** The words at the beginning of a command line that choose a command, as far as there are such. */
function wordsOf(args: readonly string[], commands: readonly Command[]): readonly string[] {
  const [first = '', second = ''] = args;
  const names = new Set(commands.flatMap(({ name }) => [name, name.split(' ')[0] ?? '']));
  if (names.has(`${first} ${second}`)) return [first, second];
  return names.has(first) ? [first] : [];
}
