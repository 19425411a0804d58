/** The error for a configuration. It lists all mistakes, each with the setting, its value, and the mend. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration has mistakes:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** The reason why a file is not read, for the codes that operators meet. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file',
  ENOTDIR: 'There is no such file: a part of the path is not a folder',
  EISDIR: 'It is a folder',
  EACCES: 'The user of this process may not read it',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'It is not in UTF-8: save it again in that encoding',
};

/** Explain the error of reading a file, with its code; its message is not used, because it may quote what the file holds. */
export function readingFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `${reasons[code] ?? 'It cannot be read'} (${code})`;
}
