import { readRetirementFile, RetirementFileError } from '../../retirement/read/read-file.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import { loadGroup } from '../../config/load.ts';
import { UsageError, type CommandIo } from '../command.ts';
import { fromSettings } from '../ledger/store-of-settings.ts';

/** Read a retirement file for a command. @throws {UsageError} with every mistake in it */
export function openRetirementFile(path: string): RetirementFile {
  try {
    return readRetirementFile(path);
  } catch (error) {
    if (!(error instanceof RetirementFileError)) throw error;
    const { mistakes } = error;
    throw new UsageError(`${path} has mistakes:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/** Return the path of the file of a command: the argument, or that of the setting. @throws {UsageError} without either */
export function retirementPath([path]: readonly string[], environment: CommandIo['environment']): string {
  const found = path ?? fromSettings(() => loadGroup(environment, 'retire'));
  if (found === '') throw new UsageError('Name a retirement file, or set GATEWAY_RETIRE.');
  return found;
}
