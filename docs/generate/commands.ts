import type { Command } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/program/commands.ts';
import { exitCodesOf, optionTerm, optionText } from '../../src/cli/help-text.ts';
import { programName } from '../../src/cli/program-name.ts';
import { code, table } from './markdown.ts';

/** All commands: a table of them, then a section for each with its options and exit codes. */
export function commandsTables(): string {
  const overview = table(
    ['command', 'what it does'],
    commands.map(({ name, summary }) => [`[${code(name)}](#${name.replaceAll(' ', '-')})`, summary]),
  );
  return [overview, ...commands.map(sectionOf)].join('\n\n');
}

function sectionOf(command: Command): string {
  const { name, args, summary, options, examples } = command;
  const usage = [programName, name, args].filter((word) => word !== '').join(' ');
  const optionRows = options.map((option) => [code(optionTerm(option)), optionText(option)]);
  const codeRows = exitCodesOf(command).map((exit) => [String(exit.code), exit.meaning]);
  return [
    `## ${name}`,
    `${code(usage)}: ${summary}`,
    ...(options.length === 0 ? [] : [table(['option', 'meaning'], optionRows)]),
    table(['exit code', 'meaning'], codeRows),
    ...(examples.length === 0 ? [] : [['```sh', ...examples, '```'].join('\n')]),
  ].join('\n\n');
}
