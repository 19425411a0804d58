import { parseArgs } from 'node:util';

const flag = { type: 'boolean', default: false } as const;

/** The options of the command line. */
const known = {
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'v' },
  check: flag,
  reach: flag,
  health: flag,
} as const;

/** The error of a command line that has something else than the options. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/** Read the options of the command line. @throws {OptionError} */
export function readOptions(args: readonly string[]) {
  const values = parsed(args);
  if (values.reach && !values.check) throw new OptionError('--reach belongs to --check: npm start -- --check --reach.');
  return values;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known }).values;
  } catch {
    throw new OptionError(explain(args.find((arg) => !isKnown(arg)) ?? '', args));
  }
}

function isKnown(arg: string): boolean {
  return Object.entries(known).some(
    ([name, option]) => arg === `--${name}` || ('short' in option && arg === `-${option.short}`),
  );
}

/** Explain an argument that is no option. Its value is not repeated, because it may be a secret. */
function explain(arg: string, args: readonly string[]): string {
  const [name = ''] = arg.split('=');
  const names = `The options are ${Object.keys(known)
    .map((option) => `--${option}`)
    .join(', ')}.`;
  if (isKnown(name)) return `${name} has no value. ${names}`;
  // A file after an option such as --config belongs to that option.
  const file = args.find((each) => /\.(?:json|ya?ml)$/.test(each));
  if (file !== undefined)
    return `${name} is not an option: set GATEWAY_CONFIG to name the configuration file. ${names}`;
  if (/^--[a-z]/.test(name))
    return `${name} is not an option: settings are environment variables, such as ${variableOf(name)}. ${names}`;
  return `${name} is not an option. ${names}`;
}

/** Spell an option as the variable of a setting: `--upstream-url` is GATEWAY_UPSTREAM_URL. */
function variableOf(option: string): string {
  return `GATEWAY_${option.replace(/^-+/, '').replace(/\W/g, '_').toUpperCase()}`;
}
