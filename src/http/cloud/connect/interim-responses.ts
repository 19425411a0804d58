import type { Socket } from 'node:net';
import { HeadPieces } from './head-pieces.ts';

/** The longest beginning of a response that is held back, in bytes: undici's own limit for a header section. */
const longestLine = 16_384;
const lineFeed = 10;
const empty = Buffer.alloc(0);

/**
 * Work around two defects of undici's parser: it refuses `100 Continue`, which every client must accept (RFC 9110, 15.2),
 * and it keeps only the last chunk of a status line that arrives in several. Remove interim responses, and hold a status
 * line back until it is complete, before undici reads from the socket; all other bytes stay unchanged. A long header section
 * is handed over in pieces.
 */
export function skipInterimResponses(socket: Socket): void {
  const write = socket.write.bind(socket);
  const read = socket.read.bind(socket);
  /** True if the next bytes begin a response: without pipelining, a response follows each write. */
  let isStarting = false;
  let held: Buffer = empty;
  const pieces = new HeadPieces(socket);
  socket.write = ((...given: Parameters<Socket['write']>): boolean => {
    isStarting = true;
    pieces.begin();
    return write(...given);
  }) as Socket['write'];
  socket.read = (size?: number): Buffer | null => {
    if (pieces.hasRest) return pieces.next();
    for (;;) {
      const chunk = read(size) as Buffer | null;
      if (chunk === null) return null;
      if (!isStarting) return pieces.handOver(chunk);
      held = withoutInterim(held.length === 0 ? chunk : Buffer.concat([held, chunk]));
      if (isIncomplete(held)) continue;
      const start = held;
      held = empty;
      isStarting = false;
      return pieces.handOver(start);
    }
  };
}

/** The beginning of any interim response except 101. */
const interimLine = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;
/** A complete and well-formed response without a body. */
const interim =
  /^HTTP\/1\.[01] \d{3}(?: [\t\x20-\x7e\x80-\xff]*)?\r\n(?:[\w!#$%&'*+.^`|~-]+:[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n$/;

/** Remove the interim responses that have arrived completely. */
function withoutInterim(received: Buffer): Buffer {
  let rest = received;
  for (let end = interimEnd(rest); end !== undefined; end = interimEnd(rest)) rest = rest.subarray(end);
  return rest;
}

function interimEnd(received: Buffer): number | undefined {
  if (!isInterim(received)) return undefined;
  const end = received.indexOf('\r\n\r\n') + 4;
  return end > 3 && interim.test(received.toString('latin1', 0, end)) ? end : undefined;
}

function isInterim(received: Buffer): boolean {
  // Compare the first digit of the status first: it is a cheap test, and nearly every response fails it.
  return received[9] === 0x31 && interimLine.test(received.toString('latin1', 0, 16));
}

/** Check that more bytes must arrive before undici can read the beginning of the response. */
function isIncomplete(received: Buffer): boolean {
  if (received.length >= longestLine) return false;
  if (isInterim(received)) return !received.includes('\r\n\r\n');
  return !received.includes(lineFeed) && mayBecomeLine(received.toString('latin1'));
}

const shortest = 'HTTP/1.1 200';

function mayBecomeLine(text: string): boolean {
  return /^HTTP\/1\.[01] \d{3}(?: [^\r]*)?\r?$/.test(text + shortest.slice(text.length));
}
