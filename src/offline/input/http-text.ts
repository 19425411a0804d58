import { givenField, type GivenRequest } from './given-request.ts';
import { dechunked } from './chunks.ts';
import { expected, linesOf, type Line } from './lines.ts';

/** The first line of a request: a method and a target, and the version of HTTP or not. */
const requestLine = /^([A-Z]+)[ \t]+(\S+)(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*$/;
const fieldLine = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/;
/** A line between two requests of a file, as editors write it. */
const separator = /^###/;
/** A line before a request that is none of it: a comment, or nothing. */
const besides = /^(?:#|\/\/|[ \t]*$)/;
const variableLine = /^@([\w-]+)\s*=\s*(.*?)\s*$/;

/** Check that a line begins a request. */
export function isRequestLine(line: string): boolean {
  return requestLine.test(line);
}

/**
 * Read the requests of a `.http` file or of raw messages: each has a request line, header fields, an empty line and its body.
 * Lines of `###` stand between requests; without them, a Content-Length that fits says where the next one begins. Lines such as
 * `@host = example.com` give values to `{{host}}` in the heads of requests.
 * @param text the bytes of the file, one character each
 * @throws {InputError} for a line that is something else
 */
export function readHttpText(text: string): readonly GivenRequest[] {
  const lines = [...linesOf(text)];
  const variables = new Map(
    lines.flatMap(({ text: line }) => {
      const [, name, value] = variableLine.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  return sectionsOf(lines).flatMap((section) => requestsIn(text, section, variables));
}

/** Split lines at the separators; sections without a request are left out. */
function sectionsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const sections: Line[][] = [[]];
  for (const line of lines) {
    if (separator.test(line.text)) sections.push([]);
    else sections.at(-1)?.push(line);
  }
  return sections.filter((section) => section.some(({ text }) => !besides.test(text) && !variableLine.test(text)));
}

/** Read the request of a section, and those that follow its body. */
function requestsIn(text: string, lines: readonly Line[], variables: ReadonlyMap<string, string>): GivenRequest[] {
  const start = lines.findIndex((line) => !besides.test(line.text) && !variableLine.test(line.text));
  const first = lines[start];
  if (first === undefined) return [];
  const head = readHead(lines, start, variables);
  const from = head.end;
  const bodyStart = lines[from]?.at;
  const last = lines.at(-1);
  if (bodyStart === undefined || last === undefined) return [{ ...head.request, body: Buffer.alloc(0) }];
  const rest = Buffer.from(text.slice(bodyStart, last.at + last.text.length), 'latin1');
  const length = Number(givenField(head.request, 'content-length') ?? NaN);
  const next = length <= rest.length ? requestAfter(lines, bodyStart + length) : undefined;
  if (next !== undefined)
    return [{ ...head.request, body: rest.subarray(0, length) }, ...requestsIn(text, lines.slice(next), variables)];
  return [{ ...head.request, body: bodyOf(rest, length, head.request) }];
}

/** Find the index of the line after an offset that begins another request; undefined if something else stands there. */
function requestAfter(lines: readonly Line[], at: number): number | undefined {
  const index = lines.findIndex((line) => line.at >= at && line.text.trim() !== '');
  return index !== -1 && isRequestLine(lines[index]?.text ?? '') ? index : undefined;
}

/** Return the body that stands behind a head. The empty lines that editors leave at the end of a file are no part of it. */
function bodyOf(rest: Buffer, length: number, { headers }: Pick<GivenRequest, 'headers'>): Buffer {
  const isChunked = givenField({ headers }, 'transfer-encoding')?.toLowerCase().includes('chunked') === true;
  const chunked = isChunked ? dechunked(rest) : undefined;
  if (chunked !== undefined) return chunked;
  const trimmed = rest.toString('latin1').trimEnd().length;
  return rest.subarray(0, length >= trimmed && length <= rest.length ? length : trimmed);
}

interface Head {
  readonly request: Omit<GivenRequest, 'body'>;
  /** The index of the first line of the body. */
  readonly end: number;
}

function readHead(lines: readonly Line[], start: number, variables: ReadonlyMap<string, string>): Head {
  const fill = ({ number, text }: Line): string =>
    text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (_, name: string) => {
      const value = variables.get(name);
      if (value === undefined) throw expected(number, `a value for {{${name}}}, in a line such as @${name} = ...`);
      return value;
    });
  const [first] = lines.slice(start);
  const [, method, target] = first === undefined ? [] : (requestLine.exec(fill(first)) ?? []);
  const { number = 1 } = first ?? {};
  if (method === undefined || target === undefined)
    throw expected(
      number,
      'a request line, such as POST /v2/PROJECT/servers/ID/action HTTP/1.1; or a curl command, the output of curl -v or --trace-ascii, or a HAR',
    );
  const headers: (readonly [string, string])[] = [];
  let at = start + 1;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.text.trim() === '') break;
    const [, name, value] = fieldLine.exec(fill(line)) ?? [];
    if (name === undefined || value === undefined)
      throw expected(
        line.number,
        'a header field, such as Content-Type: application/xml, or the empty line before the body',
      );
    headers.push([name, value]);
  }
  return { request: { place: `line ${number}`, method, target, headers }, end: at + 1 };
}
