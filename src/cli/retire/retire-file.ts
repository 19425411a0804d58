import { readRetirementFile, readRetirementText, RetirementFileError } from '../../retirement/read/read-file.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import { loadGroup } from '../../config/load.ts';
import { UsageError, type CommandIo } from '../command.ts';
import { readInput } from '../read-input.ts';
import { fromSettings } from '../store-of-settings.ts';

/** Read a retirement file for a command, or standard input for `-`. @throws {UsageError} with every mistake in it */
export async function openRetirementFile(path: string, io: Pick<CommandIo, 'stdin'>): Promise<RetirementFile> {
  if (path !== '-') return loadRetirementFile(path);
  const text = (await readInput(path, io)).toString('utf8');
  return withMistakes('The standard input', () => readRetirementText('-', text));
}

/** Read a retirement file. @throws {UsageError} with every mistake in it */
export function loadRetirementFile(path: string): RetirementFile {
  return withMistakes(path, () => readRetirementFile(path));
}

function withMistakes(name: string, read: () => RetirementFile): RetirementFile {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RetirementFileError)) throw error;
    const { mistakes } = error;
    throw new UsageError(`${name} has mistakes:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/** Return the path of the file of a command: the argument, or that of the setting. @throws {UsageError} without either */
export function retirementPath([path]: readonly string[], environment: CommandIo['environment']): string {
  const found = path ?? fromSettings(() => loadGroup(environment, 'retire'));
  if (found === '') throw new UsageError('Name a retirement file, or set GATEWAY_RETIRE.');
  return found;
}
