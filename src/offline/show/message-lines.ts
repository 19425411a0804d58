import type { GivenRequest } from '../input/given-request.ts';
import type { RecordedRequest } from '../gateway/recording-pool.ts';
import type { CallersAnswer } from '../gateway/translation.ts';
import type { Masking } from './mask.ts';

/** The largest number of lines of a body that are shown to people. */
const mostBodyLines = 200;

/** The header fields of one connection, or of the way of a message: they are the same for every request. */
const ofConnection: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'te',
  'transfer-encoding',
  'via',
  'x-forwarded-for',
]);

/** Write a caller's request in lines. */
export function callersLines({ method, target, headers, body }: GivenRequest, masking: Masking): readonly string[] {
  return linesOfMessage(`${method} ${masking.target(target)}`, headers, body, masking);
}

/** Write a request to the cloud in lines, the header fields in the order of the caller's. */
export function cloudLines(
  { method, path, headers, body }: RecordedRequest,
  { headers: given }: Pick<GivenRequest, 'headers'>,
  masking: Masking,
): readonly string[] {
  const order = given.map(([name]) => name.toLowerCase());
  const placeOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const fields = Object.entries(headers)
    .map(([name, value]) => [name, String(value)] as const)
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  return linesOfMessage(`${method} ${masking.target(path)}`, fields, body, masking);
}

/** Write an answer to the caller in lines. */
export function answerLines({ status, headers, body }: CallersAnswer, masking: Masking): readonly string[] {
  return linesOfMessage(`HTTP/1.1 ${status}`, headers, body, masking);
}

function linesOfMessage(
  first: string,
  headers: readonly (readonly [string, string])[],
  body: Buffer,
  masking: Masking,
): readonly string[] {
  const fields = headers
    .filter(([name]) => !ofConnection.has(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${masking.field(name, value)}`);
  return [first, ...fields, ...(body.length === 0 ? [] : ['', ...bodyLines(masking.body(body))])].map(printableLine);
}

function bodyLines(text: string): readonly string[] {
  const lines = text.trimEnd().split(/\r?\n/);
  if (lines.length <= mostBodyLines) return lines;
  return [...lines.slice(0, mostBodyLines), `(${lines.length - mostBodyLines} more lines)`];
}

/** Show control characters by their numbers: they could change the terminal. */
function printableLine(line: string): string {
  return line.replace(
    /(?!\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
