import { readSecretFile, SecretFileError } from '../../../config/secret-files.ts';
import { UsageError } from '../../command.ts';

/** Read the token of an admin port. @throws {UsageError} for a file that holds none */
export function tokenIn(path: string): string {
  try {
    return readSecretFile(path).trim();
  } catch (error) {
    if (error instanceof SecretFileError)
      throw new UsageError(`The file of the token cannot be used. ${error.message}.`);
    throw error;
  }
}
