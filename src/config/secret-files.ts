import { fixedLimits } from './fixed-limits.ts';
import { readShortFile, ShortFileError } from './short-file.ts';

/** The error of a file that holds no secret. The message says why, and quotes nothing of the file. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
}

/**
 * Read a secret from a file, without one line end at its end, which editors and `echo` put there.
 * @throws {SecretFileError} for a file that is missing, unreadable, empty, too large, or no text
 */
export function readSecretFile(path: string): string {
  const text = textOf(path).replace(/\r?\n$/, '');
  if (text === '') throw new SecretFileError('It is empty');
  return text;
}

function textOf(path: string): string {
  try {
    return readShortFile(path, fixedLimits.secretFileBytes);
  } catch (error) {
    throw error instanceof ShortFileError ? new SecretFileError(error.message) : error;
  }
}
