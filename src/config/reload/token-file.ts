import { createHash, timingSafeEqual } from 'node:crypto';
import { show } from '../settings/shown-value.ts';
import { readSecretFile, SecretFileError } from '../secret-files.ts';

/** The error of a token file that cannot be used; the message names the setting and the file, but has nothing of the token. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError';
}

/** The check of a given text against the token. */
export type TokenCheck = (given: string) => boolean;

/** Shortest token, in characters: 64 bits even if they are hexadecimal digits. */
const leastCharacters = 16;
/** Longest token, in characters: the header of a request to the admin port has 8 KiB. */
const mostCharacters = 4096;

/** Read the token in a file, without the white space around it. Only its hash is kept. @throws {TokenFileError} */
export function readToken(path: string): TokenCheck {
  const [token, problem] = tokenIn(path);
  if (problem !== undefined)
    throw new TokenFileError(
      `admin.tokenFile is ${showPath(path)}; it must be the path of a file with a token of ${leastCharacters} to ${mostCharacters} characters. ${problem}. Make a token with: openssl rand -hex 32.`,
    );
  const expected = hashOf(token);
  // The hashes have the same length, so that the time of the comparison tells nothing about the token.
  return (given) => timingSafeEqual(hashOf(given), expected);
}

/** Format the path for a message. A text without a folder or an ending may be the token itself, given instead of its file. */
function showPath(path: string): string {
  return path.length >= leastCharacters && !/[/.]/.test(path) ? '"***"' : show(path);
}

/** Read the text of a file. @returns the token, or the sentence why it is none */
function tokenIn(path: string): readonly [token: string, problem?: string] {
  try {
    const token = readSecretFile(path).trim();
    if (token === '') return ['', 'It is empty'];
    // RFC 6750 allows fewer characters; each of these passes in a header field.
    if (!/^[\x21-\x7e]+$/.test(token))
      return ['', 'The token has white space or other characters that no header field takes'];
    if (token.length < leastCharacters) return ['', `The token has fewer than ${leastCharacters} characters`];
    if (token.length > mostCharacters) return ['', `The token has more than ${mostCharacters} characters`];
    return [token];
  } catch (error) {
    if (!(error instanceof SecretFileError)) throw error;
    return ['', error.message];
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
