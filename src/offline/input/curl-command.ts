import { InputError } from './input-error.ts';
import type { GivenRequest } from './given-request.ts';
import { shellCommands, type ShellCommand } from './shell-words.ts';

/** The options of curl that have a value and matter here, by their short names. */
const longNames: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  A: 'user-agent',
  u: 'user',
  b: 'cookie',
  I: 'head',
};
const dataOptions: ReadonlySet<string> = new Set([
  'data',
  'data-raw',
  'data-ascii',
  'data-binary',
  'data-urlencode',
  'json',
]);
/** Those with a value that say nothing about the request. */
const otherValues: ReadonlySet<string> = new Set(
  'o output w write-out m max-time connect-timeout cacert capath E cert key x proxy resolve retry c cookie-jar e referer D dump-header trace trace-ascii U proxy-user proxy-pass proxy-header preproxy oauth2-bearer pass tlspassword login-options aws-sigv4 F form form-string T upload-file K config r range retry-delay retry-max-time max-redirs connect-to doh-url interface noproxy limit-rate stderr unix-socket url-query'.split(
    ' ',
  ),
);
const values: ReadonlySet<string> = new Set([
  'request',
  'header',
  'user-agent',
  'user',
  'cookie',
  'url',
  ...dataOptions,
  ...otherValues,
]);

/** An option with its value, or a URL. */
type Given = readonly [name: string, value: string];

/** Check that a text begins with a command line of curl, behind a prompt or not. */
export function isCurlCommand(text: string): boolean {
  return /^\s*(?:[$#>%]\s+)?(?:\w+=\S*\s+|\w+=\$\()*curl\s/.test(text);
}

/**
 * Read the requests that command lines of curl would send. Variables of the shell stay as they are written.
 * @param given the body of the only request, for one that curl would read from a file
 * @throws {InputError} for a command without a URL, or with a body in a file
 */
export function readCurlCommands(text: string, given: Buffer | undefined): readonly GivenRequest[] {
  return shellCommands(text).flatMap((command) => {
    const start = command.words.indexOf('curl');
    return start === -1 ? [] : [requestOf({ ...command, words: command.words.slice(start + 1) }, given)];
  });
}

function requestOf({ line, words }: ShellCommand, given: Buffer | undefined): GivenRequest {
  const options = optionsIn(words);
  const all = (...names: readonly string[]): string[] =>
    options.flatMap(([name, value]) => (names.includes(name) ? [value] : []));
  const target = targetOf(all('url'));
  if (target === undefined) throw new InputError(`Line ${line}: expected a URL in the command line of curl.`);
  const body = given ?? Buffer.from(dataIn(line, options).join('&'), 'latin1');
  const isData = body.length > 0;
  const method = all('request').at(-1) ?? (all('head').length > 0 ? 'HEAD' : isData ? 'POST' : 'GET');
  return {
    place: `line ${line}`,
    method,
    target: /^https?:/i.test(target) ? target : `http://${target}`,
    headers: fieldsOf(options, isData),
    body,
  };
}

/** Choose the URL. Where one has a scheme, a word without it is the value of an option that is not known, and may be secret. */
function targetOf(words: readonly string[]): string | undefined {
  return words.findLast((word) => /^https?:/i.test(word)) ?? words.at(-1);
}

function dataIn(line: number, options: readonly Given[]): readonly string[] {
  return options.flatMap(([name, value]) => {
    if (!dataOptions.has(name)) return [];
    if (value.startsWith('@') && name !== 'data-raw')
      throw new InputError(`Line ${line}: the body is in another file.`, 'give-body');
    return [value];
  });
}

/** List the header fields: those of the options, and those that curl adds where none of the name is given. */
function fieldsOf(options: readonly Given[], hasBody: boolean): readonly Given[] {
  const isJson = options.some(([name]) => name === 'json');
  const given = options.flatMap(([name, value]): Given[] => {
    const [, field, content = ''] = name === 'header' ? (/^([^\s:;]+)[:;]\s*(.*)$/s.exec(value) ?? []) : [];
    if (field !== undefined) return [[field, content]];
    if (name === 'user-agent') return [['User-Agent', value]];
    if (name === 'cookie') return [['Cookie', value]];
    return name === 'user' ? [['Authorization', `Basic ${Buffer.from(value, 'latin1').toString('base64')}`]] : [];
  });
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  const added: readonly Given[] = [
    ['Accept', isJson ? 'application/json' : '*/*'],
    ...(hasBody ? [['Content-Type', isJson ? 'application/json' : 'application/x-www-form-urlencoded'] as const] : []),
  ];
  // A field without content is one that curl must leave out.
  return [...given, ...added.filter(([name]) => !names.has(name.toLowerCase()))].filter(([, value]) => value !== '');
}

/** Read the options and URLs of a command line. Options that are not known are taken for flags. */
function optionsIn(words: readonly string[]): readonly Given[] {
  const found: Given[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, long, inline] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (long !== undefined) {
      if (values.has(long) && inline === undefined) at += 1;
      found.push([long, inline ?? (values.has(long) ? (words[at] ?? '') : '')]);
    } else if (/^-\w/.test(word)) {
      const { option, isOpen } = shortOption(word);
      if (isOpen) at += 1;
      found.push(isOpen ? [option[0], words[at] ?? ''] : option);
    } else found.push(['url', word]);
  }
  return found;
}

/** Read a word of short options, such as `-sX`: the last one may have its value behind it, or in the next word. */
function shortOption(word: string): { readonly option: Given; readonly isOpen: boolean } {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    const name = longNames[letter] ?? letter;
    const rest = word.slice(at + 1);
    if (values.has(name)) return { option: [name, rest], isOpen: rest === '' };
    if (name === 'head') return { option: [name, ''], isOpen: false };
  }
  return { option: ['', ''], isOpen: false };
}
