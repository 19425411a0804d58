import type { Socket } from 'node:net';

/** How much of a first line is waited for, in bytes: as much as undici takes of a head. */
const longestLine = 16_384;
const lineEnd = 10;
const none = Buffer.alloc(0);

/**
 * Gives undici only such beginnings of answers on a connection as it reads rightly: no interim answers, of which it
 * refuses 100 although any client must take it (RFC 9110, 15.2), and the first line in one piece, of which it keeps the last.
 * Everything else is given to it as it came.
 */
export function smoothAnswerStarts(socket: Socket): void {
  const write = socket.write.bind(socket);
  const read = socket.read.bind(socket);
  /** Whether the next bytes begin an answer: with one request at a time, what is written is a request. */
  let isStarting = false;
  let held: Buffer = none;
  socket.write = ((...given: Parameters<Socket['write']>): boolean => {
    isStarting = true;
    return write(...given);
  }) as Socket['write'];
  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      const piece = read(size) as Buffer | null;
      if (!isStarting || piece === null) return piece;
      held = withoutInterim(held.length === 0 ? piece : Buffer.concat([held, piece]));
      if (isAwaited(held)) continue;
      const start = held;
      held = none;
      isStarting = false;
      return start;
    }
  };
}

/** Every interim answer but a change of the protocol: its first line, and all of one that can be read. */
const interimLine = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;
const interim =
  /^HTTP\/1\.[01] \d{3}(?: [\t\x20-\x7e\x80-\xff]*)?\r\n(?:[\w!#$%&'*+.^`|~-]+:[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n$/;

/** What is left where the interim answers that are whole are taken away. */
function withoutInterim(come: Buffer): Buffer {
  let rest = come;
  for (let end = interimEnd(rest); end !== undefined; end = interimEnd(rest)) rest = rest.subarray(end);
  return rest;
}

function interimEnd(come: Buffer): number | undefined {
  if (!isInterim(come)) return undefined;
  const end = come.indexOf('\r\n\r\n') + 4;
  return end > 3 && interim.test(come.toString('latin1', 0, end)) ? end : undefined;
}

function isInterim(come: Buffer): boolean {
  // The first of the three digits.
  return come[9] === 0x31 && interimLine.test(come.toString('latin1', 0, 16));
}

/** Whether more of it must come before undici can judge it. */
function isAwaited(come: Buffer): boolean {
  if (come.length >= longestLine) return false;
  if (isInterim(come)) return !come.includes('\r\n\r\n');
  return !come.includes(lineEnd) && isOfLine(come.toString('latin1'));
}

const shortest = 'HTTP/1.1 200';

/** Whether more bytes can make a first line of it. */
function isOfLine(text: string): boolean {
  return /^HTTP\/1\.[01] \d{3}(?: [^\r]*)?\r?$/.test(text + shortest.slice(text.length));
}
