import type { Readable } from 'node:stream';

const lineFeed = 10;

/**
 * Passes on what comes line by line, to whoever writes this process's own lines: two writers to one pipe tear each other's,
 * and what waits for a reader that is stuck keeps a process from its end. The part of a line that a killed process left is
 * dropped.
 */
export function passLines(from: Readable, pass: (line: string) => void): void {
  let begun: Buffer[] = [];
  from.on('data', (chunk: Buffer) => {
    const end = chunk.lastIndexOf(lineFeed);
    if (end === -1) {
      begun.push(chunk);
      return;
    }
    const lines = Buffer.concat([...begun, chunk.subarray(0, end)]).toString();
    begun = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    for (const line of lines.split('\n')) pass(line);
  });
}
