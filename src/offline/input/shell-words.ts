import { expected } from './lines.ts';

/** A command of a shell, in words without quotes. */
export interface ShellCommand {
  /** The line of its first word. */
  readonly line: number;
  readonly words: readonly string[];
}

/**
 * The parts of a line: a continued line, the four ways of quoting, white space, the ends of commands, other characters, and at
 * last a quote that does not end.
 */
const parts =
  /\\\r?\n|\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|[ \t]+|(\r?\n|[;|&()]+|\$\()|([^\s'"\\;|&()$]+|\$)|['"]/gs;

/** Escapes inside of `$'...'` that stand for another character. */
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Split a text into commands and words as a shell does, but for variables and substitutions, which stay as they are written.
 * @throws {InputError} for a quote that does not end
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const commands: { line: number; words: string[] }[] = [];
  let [line, word, isOpen] = [1, undefined as string | undefined, false];
  const endWord = (): void => {
    if (word === undefined) return;
    if (!isOpen) commands.push({ line, words: [] });
    isOpen = true;
    commands.at(-1)?.words.push(word);
    word = undefined;
  };
  for (const [part, ansi, single, double, escaped, end, plain] of text.matchAll(parts)) {
    const content =
      plain ??
      single ??
      escaped ??
      double?.replace(/\\(["\\$`])|\\\r?\n/g, '$1') ??
      ansi?.replace(/\\(.)/gs, unescaped);
    if (content !== undefined) word = (word ?? '') + content;
    else if (/^['"]/.test(part)) throw expected(line, 'the end of a quotation');
    else if (!part.startsWith('\\')) endWord();
    if (end !== undefined) isOpen = false;
    line += part.split('\n').length - 1;
  }
  endWord();
  return commands;
}

function unescaped(_: string, character: string): string {
  return escapes[character] ?? character;
}
