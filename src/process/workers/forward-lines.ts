import type { Readable } from 'node:stream';

const lineFeed = 10;

/**
 * Forward the complete lines of a worker's stream to the log of this process. If two processes wrote to one pipe, their lines
 * would interleave, and a worker that waits for a stuck reader could not end. The incomplete last line of a killed process is
 * dropped.
 */
export function forwardLines(from: Readable, writeLine: (line: string) => void): void {
  let unfinished: Buffer[] = [];
  from.on('data', (chunk: Buffer) => {
    const end = chunk.lastIndexOf(lineFeed);
    if (end === -1) {
      unfinished.push(chunk);
      return;
    }
    const lines = Buffer.concat([...unfinished, chunk.subarray(0, end)]).toString();
    unfinished = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    for (const line of lines.split('\n')) writeLine(line);
  });
}
