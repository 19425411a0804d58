import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readingFailure } from './mistakes.ts';

/** The error of a file that is not read. The message says why, and quotes nothing of the file. */
export class ShortFileError extends Error {
  override readonly name = 'ShortFileError';
}

/**
 * Read a text file of limited size, in UTF-8.
 * @throws {ShortFileError} for a file that is missing, unreadable, too large, or no text
 */
export function readShortFile(path: string, mostBytes: number): string {
  const bytes = readShort(path, mostBytes);
  if (bytes.length > mostBytes) throw new ShortFileError(`It has more than ${mostBytes / 1024} KiB (EFBIG)`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ShortFileError(readingFailure(error));
  }
}

/** Read a file up to one byte more than is allowed, so that no device or file that is being written fills the memory. */
function readShort(path: string, mostBytes: number): Buffer {
  try {
    // A pipe would block until somebody writes, and each worker reads the file again.
    if (!statSync(path).isFile()) throw new ShortFileError('It is no regular file');
    const bytes = Buffer.alloc(mostBytes + 1);
    const file = openSync(path, 'r');
    try {
      let length = 0;
      for (let read = -1; read !== 0; length += read) read = readSync(file, bytes, length, bytes.length - length, null);
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw error instanceof ShortFileError ? error : new ShortFileError(readingFailure(error));
  }
}
