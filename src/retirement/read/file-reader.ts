import { statSync, unwatchFile, watchFile, type Stats } from 'node:fs';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { RetirementFile } from '../retirement-file.ts';
import { readRetirementFile, RetirementFileError } from './read-file.ts';

/** The retirement file as a reader finds it. */
export interface FoundFile {
  /** The content in use; undefined if it is not known. */
  readonly inUse: RetirementFile | undefined;
  /** The time of the last change, in milliseconds of Unix time; undefined for a file that is gone. */
  readonly changedAt: number | undefined;
  /** The mistakes of the file as it lies there now; empty for one that can be used. */
  readonly mistakes: readonly string[];
}

/**
 * The reader of a retirement file for people. It reads a file only if that has changed since. In a process that does not use the
 * file itself it follows the changes from the first look on, as the workers do, so that it knows which content they have.
 */
export class RetirementFileReader {
  readonly #current: (() => RetirementFile | undefined) | undefined;
  #watched: string | undefined;
  #last: { readonly mark: string; readonly found: FoundFile } | undefined;

  /** @param current returns the file in use of this process; undefined for one whose workers use it */
  constructor(current?: () => RetirementFile | undefined) {
    this.#current = current;
  }

  /** Find out what a file says now. */
  read(path: string): FoundFile {
    if (this.#current === undefined) this.#follow(path);
    const stats = statSync(path, { throwIfNoEntry: false });
    const mark = stats === undefined ? `${path}\n` : [path, stats.ino, stats.size, stats.mtimeMs].join('\n');
    if (this.#last?.mark !== mark) this.#last = { mark, found: this.#readAgain(path, stats) };
    const { found } = this.#last;
    return this.#current === undefined ? found : { ...found, inUse: this.#current() };
  }

  #follow(path: string): void {
    if (this.#watched === path) return;
    if (this.#watched !== undefined) unwatchFile(this.#watched, this.#readChanged);
    this.#watched = path;
    watchFile(path, { interval: fixedLimits.certificateCheckMs, persistent: false }, this.#readChanged);
  }

  readonly #readChanged = (): void => {
    if (this.#watched !== undefined) this.read(this.#watched);
  };

  #readAgain(path: string, stats: Stats | undefined): FoundFile {
    const isSameFile = this.#last?.mark.startsWith(`${path}\n`) === true;
    const changedAt = stats?.mtimeMs;
    try {
      return { inUse: readRetirementFile(path), changedAt, mistakes: [] };
    } catch (error) {
      if (!(error instanceof RetirementFileError)) throw error;
      return { inUse: isSameFile ? this.#last?.found.inUse : undefined, changedAt, mistakes: error.mistakes };
    }
  }
}
