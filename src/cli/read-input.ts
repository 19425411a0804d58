import { createReadStream } from 'node:fs';
import { readingFailure } from '../config/mistakes.ts';
import { UsageError, type CommandIo } from './command.ts';

/** The largest file that is read whole, in bytes: more than any capture of single requests, and less than the memory of a small machine. */
export const mostInputBytes = 67_108_864;

/**
 * Read a file whole, or standard input for `-`.
 * @throws {UsageError} if it cannot be read or is too large; its name is not repeated
 */
export async function readInput(path: string, { stdin }: Pick<CommandIo, 'stdin'>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of path === '-' ? stdin : createReadStream(path)) {
      const bytes = Buffer.from(chunk as Uint8Array);
      chunks.push(bytes);
      size += bytes.length;
      if (size > mostInputBytes) throw new UsageError(`The file has more than ${mostInputBytes / 1_048_576} MiB.`);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The file cannot be read. ${readingFailure(error)}.`);
  }
  return Buffer.concat(chunks);
}
