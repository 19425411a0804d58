import { InputError } from './input-error.ts';
import type { GivenRequest } from './given-request.ts';
import { requestFor, type NamedCall } from './body-alone.ts';
import { isCurlCommand, readCurlCommands } from './curl-command.ts';
import { isCurlOutput, readCurlOutput } from './curl-output.ts';
import { isCurlTrace, readCurlTrace } from './curl-trace.ts';
import { harEntries, readHar } from './har.ts';
import { readHttpText } from './http-text.ts';
import { expected } from './lines.ts';

/** The options that say how a file is read. */
export interface InputOptions {
  /** The place of a body alone; undefined for a file with whole requests. */
  readonly call: NamedCall | undefined;
  /** The number of the only entry of a HAR. */
  readonly entry: number | undefined;
  /** The body that the output of `curl -v` lacks, or that a command line of curl names a file for. */
  readonly body: Buffer | undefined;
}

const wanted =
  'a request (a request line such as POST /v2/PROJECT/servers/ID/action HTTP/1.1, header fields, an empty line, the body), a command line of curl, the output of curl -v or of curl --trace-ascii, or a HAR';

/**
 * Read the requests of a file, whose kind is recognized by its content: a body alone if an operation is named, else a HAR,
 * command lines of curl or its output, or requests as on the wire.
 * @throws {InputError} for a file that is none of these, or broken
 */
export function readRequests(bytes: Buffer, { call, entry, body }: InputOptions): Iterable<GivenRequest> {
  if (call !== undefined) return [requestFor(call, bytes)];
  const text = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const beginning = text.slice(0, 1024).trimStart();
  if (beginning === '') throw new InputError(`There is no text; expected ${wanted}.`);
  if (beginning.startsWith('{') || beginning.startsWith('[')) return fromJson(bytes, entry);
  if (entry !== undefined) throw new InputError('The number of an entry is for a HAR, which this is not.');
  if (beginning.startsWith('<') && !beginning.startsWith('< HTTP/')) throw bodyAlone();
  if (/^(?:< )?HTTP\/\d/.test(beginning) && !isCurlOutput(text))
    throw new InputError('Line 1: this is an answer; expected a request.', 'use-answer');
  if (isCurlTrace(text)) return readCurlTrace(text);
  if (isCurlOutput(text)) return readCurlOutput(text, body);
  if (isCurlCommand(beginning)) return readCurlCommands(text, body);
  return readHttpText(text);
}

function fromJson(bytes: Buffer, entry: number | undefined): Iterable<GivenRequest> {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const entries = harEntries(parsed(text));
  if (entries === undefined) throw bodyAlone();
  return readHar(entries, entry);
}

/** Parse JSON; undefined for other JSON than that of a HAR. The message of the parser is not used, because it quotes the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/^\s*\{\s*"log"\s*:/.test(text)) return undefined;
    const [, line = '1'] = /\(line (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    const number =
      error instanceof Error && error.message.includes('end of JSON') ? text.split('\n').length : Number(line);
    throw expected(number, 'the JSON of a HAR, which is broken here');
  }
}

function bodyAlone(): InputError {
  return new InputError(`Line 1: this is a body without its request; expected ${wanted}.`, 'name-operation');
}
