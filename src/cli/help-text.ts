import { wrap } from '../config/help.ts';
import type { Command, CommandOption } from './command.ts';
import { programName } from './program-name.ts';

/** The width of a help that is not written to a terminal, and the largest width: longer lines are hard to read. */
const defaultColumns = 80;
/** The narrowest width that texts are wrapped to. */
const leastColumns = 40;
/** The indentation of lists. */
const margin = 2;

/** A row of a list: a name, and what it is for. */
type Row = readonly [name: string, text: string];

/** Write the help of the whole program: the commands, and where settings are listed. */
export function wholeHelp(commands: readonly Command[], columns?: number): string {
  const width = widthOf(columns);
  return page([
    [`Usage: ${programName} [COMMAND] [OPTION...]`],
    wrap('Lets legacy OpenStack Compute clients work with modern clouds.', 0, width),
    ['Commands:', ...list([...commands.map(({ name, summary }): Row => [name, summary]), helpRow], width)],
    wrap(
      `Without a command it serves, with the options of serve: ${programName} serve --help lists them and the settings. ${exitSentence}`,
      0,
      width,
    ),
  ]);
}

const helpRow: Row = ['help [COMMAND]', 'Print the help of a command.'];
const exitSentence = 'Exit codes: 0 for success, 2 for a command line, settings or files that cannot be used.';

/** Write the help of a group of commands, such as `ledger`. */
export function groupHelp(group: string, commands: readonly Command[], columns?: number): string {
  const width = widthOf(columns);
  return page([
    [`Usage: ${programName} ${group} COMMAND [OPTION...]`],
    [
      'Commands:',
      ...list(
        commands.map(({ name, summary }): Row => [name, summary]),
        width,
      ),
    ],
  ]);
}

/** Write the help of one command: arguments, options, exit codes, examples. */
export function commandHelp({ name, args, summary, options, exitCodes, examples }: Command, columns?: number): string {
  const width = widthOf(columns);
  const codes: readonly Row[] = exitCodesOf({ exitCodes }).map(({ code, meaning }) => [String(code), meaning]);
  return page([
    [
      [`Usage: ${programName}`, name, ...(options.length > 0 ? ['[OPTION...]'] : []), args]
        .filter((word) => word !== '')
        .join(' '),
    ],
    wrap(summary, 0, width),
    [
      'Options:',
      ...list([...options.map((option): Row => [optionTerm(option), optionText(option)]), ownHelpRow], width),
    ],
    ['Exit codes:', ...list(codes, width)],
    examples.length === 0 ? [] : ['Examples:', ...examples.map((line) => ' '.repeat(margin) + line)],
  ]);
}

const ownHelpRow: Row = ['-h, --help', 'Print this help.'];

/** List all exit codes of a command in their order, those of every command included. */
export function exitCodesOf({ exitCodes }: Pick<Command, 'exitCodes'>): Command['exitCodes'] {
  const all = [
    { code: 0, meaning: 'Success.' },
    { code: 2, meaning: 'The command line, a setting or a file cannot be used.' },
    ...exitCodes,
  ];
  return all.toSorted((one, other) => one.code - other.code);
}

/** Write an option as it is typed. */
export function optionTerm({ name, short, value }: CommandOption): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

/** Describe an option: its help, the values that are allowed, and the default. */
export function optionText({ help, choices, default: fallback }: CommandOption): string {
  const allowed = choices === undefined ? [] : [`One of ${choices.join(', ')}.`];
  return [help, ...allowed, ...(fallback === undefined ? [] : [`Default: ${fallback}.`])].join(' ');
}

function widthOf(columns = defaultColumns): number {
  return Math.max(leastColumns, Math.min(columns, defaultColumns));
}

/** Join sections with an empty line between them. */
function page(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Write rows in two columns, or one above the other if the terminal is too narrow for that. */
function list(rows: readonly Row[], width: number): string[] {
  const longest = Math.max(...rows.map(([name]) => name.length));
  const indent = longest + 2 * margin;
  // Below half of the width, texts would be columns of single words.
  if (indent > width / 2)
    return rows.flatMap(([name, text]) => [' '.repeat(margin) + name, ...wrap(text, 3 * margin, width)]);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, indent, width);
    return [' '.repeat(margin) + name.padEnd(longest + margin) + first.trimStart(), ...rest];
  });
}
