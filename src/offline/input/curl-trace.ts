import type { GivenRequest } from './given-request.ts';
import { readHttpText } from './http-text.ts';
import { linesOf } from './lines.ts';

/** The line before a dump of bytes: their direction and kind. */
const blockStart = /^(?:[\d:.]+ )?(=>|<=|==) (Send header|Send data|[^,]*)/;
const hexLine = /^[\da-f]{4,8}: ((?:[\da-f]{2} ){1,16})/;
const textLine = /^([\da-f]{4,8}): (.*)$/;

/** A dump of sent bytes. */
interface Block {
  readonly kind: string;
  readonly lines: string[];
}

/** Check that a text is a recording of `curl --trace` or `curl --trace-ascii`. */
export function isCurlTrace(text: string): boolean {
  return /^(?:[\d:.]+ )?=> Send header/m.test(text);
}

/**
 * Read the requests in a recording of `curl --trace` or `--trace-ascii`. The second shows line ends inside of bodies as dots:
 * a dot between two tags of XML becomes a line end again.
 */
export function readCurlTrace(text: string): readonly GivenRequest[] {
  const messages: { head: string; body: string }[] = [];
  for (const { kind, lines } of blocksOf(text)) {
    const isHex = lines.every((line) => hexLine.test(line));
    const bytes = isHex ? fromHex(lines) : fromText(lines);
    if (kind === 'Send header') messages.push({ head: bytes, body: '' });
    const last = messages.at(-1);
    if (kind === 'Send data' && last !== undefined) last.body += isHex ? bytes : withLineEnds(bytes);
  }
  return messages.flatMap(({ head, body }, index) =>
    readHttpText(`${head.trimEnd()}\r\n\r\n${body}`).map((request) => ({ ...request, place: `request ${index + 1}` })),
  );
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const { text: line } of linesOf(text)) {
    const [, , kind] = blockStart.exec(line) ?? [];
    if (kind !== undefined) blocks.push({ kind, lines: [] });
    else if (textLine.test(line)) blocks.at(-1)?.lines.push(line);
  }
  return blocks.filter(({ kind }) => kind === 'Send header' || kind === 'Send data');
}

function fromHex(lines: readonly string[]): string {
  const bytes = lines.map((line) => Buffer.from((hexLine.exec(line)?.[1] ?? '').replaceAll(' ', ''), 'hex'));
  return Buffer.concat(bytes).toString('latin1');
}

/** Join the lines of a dump as text. A line whose offset is two more than the end of the one before follows a line end. */
function fromText(lines: readonly string[]): string {
  let joined = '';
  let end = 0;
  for (const line of lines) {
    const [, offset = '', characters = ''] = textLine.exec(line) ?? [];
    const at = Number.parseInt(offset, 16);
    if (at > end) joined += '\r\n';
    joined += characters;
    end = at + characters.length;
  }
  return joined;
}

/** Turn the dots of a body back into line ends, where a dot can be nothing else: between tags, and outside of JSON's texts. */
function withLineEnds(body: string): string {
  if (body.startsWith('<')) return body.replace(/>\.(?=\s*(?:<|$))/g, '>\n');
  if (!/^[{[]/.test(body)) return body;
  // A text with its quotes, or a number, is kept as a whole.
  return body.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\./gs, (part) =>
    part === '.' ? '\n' : part,
  );
}
