import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { fixedLimits } from './fixed-limits.ts';
import { readingFailure } from './mistakes.ts';

const { secretFileBytes } = fixedLimits;

/** The error of a file that holds no secret. The message says why, and quotes nothing of the file. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
}

/**
 * Read a secret from a file, without one line end at its end, which editors and `echo` put there.
 * @throws {SecretFileError} for a file that is missing, unreadable, empty, too large, or no text
 */
export function readSecretFile(path: string): string {
  const bytes = readShort(path);
  if (bytes.length > secretFileBytes)
    throw new SecretFileError(`It has more than ${secretFileBytes / 1024} KiB (EFBIG)`);
  const text = decoded(bytes).replace(/\r?\n$/, '');
  if (text === '') throw new SecretFileError('It is empty');
  return text;
}

/** Read a file up to one byte more than is allowed, so that no device or file that is being written fills the memory. */
function readShort(path: string): Buffer {
  try {
    // A pipe would block until somebody writes, and each worker reads the file again.
    if (!statSync(path).isFile()) throw new SecretFileError('It is no regular file');
    const bytes = Buffer.alloc(secretFileBytes + 1);
    const file = openSync(path, 'r');
    try {
      let length = 0;
      for (let read = -1; read !== 0; length += read) read = readSync(file, bytes, length, bytes.length - length, null);
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw error instanceof SecretFileError ? error : new SecretFileError(readingFailure(error));
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new SecretFileError(readingFailure(error));
  }
}
