import type { Readable } from 'node:stream';

const lineFeed = 10;

/**
 * Forward the lines of a stream, each whole, to the writer of this process's own lines. Two processes that write to one
 * pipe would tear each other's lines, and a worker that waits for a stuck reader could not end. The unfinished line of a
 * killed process is dropped.
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
