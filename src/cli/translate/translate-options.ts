import { UsageError, type CommandValues } from '../command.ts';
import type { NamedCall } from '../../offline/input/body-alone.ts';

/** The options of `translate`, as far as they do not stand for themselves. */
export interface TranslateOptions {
  readonly file: string;
  readonly profile: string | undefined;
  /** The place of a message without its request. */
  readonly call: Omit<NamedCall, 'operation'>;
  /** The operation of a body alone. */
  readonly operation: string | undefined;
  /** The operation of an answer. */
  readonly answer: string | undefined;
  readonly fault: number | undefined;
  readonly bodyFile: string | undefined;
  readonly entry: number | undefined;
  readonly showsSecrets: boolean;
  readonly isJson: boolean;
}

/** Read the options. @throws {UsageError} for values that cannot be used, and for options that contradict each other */
export function readTranslateOptions({ args: [file = '-'], options }: CommandValues): TranslateOptions {
  const textOf = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [operation, answer] = [textOf('operation'), textOf('answer')];
  if (operation !== undefined && answer !== undefined)
    throw new UsageError('--operation and --answer exclude each other: the file is a request or an answer.');
  const fault = numberOf('fault', textOf('fault'), 400, 599);
  if (fault !== undefined && answer === undefined) throw new UsageError('--fault belongs to --answer.');
  return {
    file,
    profile: textOf('profile'),
    call: {
      version: textOf('version') ?? '',
      project: segmentOf('project', textOf('project')),
      server: segmentOf('server', textOf('server')),
    },
    operation,
    answer,
    fault,
    bodyFile: textOf('body'),
    entry: numberOf('entry', textOf('entry'), 1, Number.MAX_SAFE_INTEGER),
    showsSecrets: options['show-secrets'] === true,
    isJson: options['json'] === true,
  };
}

function numberOf(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  const upTo = most === Number.MAX_SAFE_INTEGER ? ' on' : ` to ${most}`;
  throw new UsageError(`--${name} is a whole number from ${least}${upTo}.`);
}

function segmentOf(name: string, text = ''): string {
  if (/^[\w.~-]+$/.test(text)) return text;
  throw new UsageError(`--${name} is an id: letters, digits and - . _ ~ only.`);
}
