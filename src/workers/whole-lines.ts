import type { Readable, Writable } from 'node:stream';

const lineFeed = 10;

/**
 * Passes on what comes in whole lines, as fast as they are taken. Of several processes that write to one pipe, each may be
 * interrupted within whatever is longer than 4096 bytes (PIPE_BUF); here one process writes for all. The part of a line
 * that a killed process left is dropped.
 */
export function passLines(from: Readable, to: Writable): void {
  let begun: Buffer[] = [];
  from.on('data', (chunk: Buffer) => {
    const end = chunk.lastIndexOf(lineFeed) + 1;
    if (end === 0) {
      begun.push(chunk);
      return;
    }
    const isTaken = to.write(Buffer.concat([...begun, chunk.subarray(0, end)]));
    begun = end < chunk.length ? [chunk.subarray(end)] : [];
    if (isTaken) return;
    from.pause();
    to.once('drain', () => from.resume());
  });
}
